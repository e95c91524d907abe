using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Inventory.Services;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;

namespace NaaS.Inventory.Reports;

/// <summary>What a report of the worker means to the customer-facing service.</summary>
internal static class ReportedService
{
    private const int KeptRevisions = 200;
    private const string CalledBack = "A change was cancelled, and the earlier values are back";

    /// <summary>Applies the report to the service and to what we know beside it.</summary>
    /// <returns>Whether the report is a newer snapshot than the last; of a stale one only its revision's outcome counts.</returns>
    public static bool Apply(Service service, ServiceWish wish, ServiceReported report)
    {
        if (!report.Standing)
        {
            Record(wish, report);
            wish.Settled |= report.Sequence >= wish.Sequence && report.Rollout >= Rollout.Good;
        }

        if (report.Report <= wish.LastReport)
        {
            return false;
        }

        wish.LastReport = report.Report;
        if (report.Standing)
        {
            Fares(service, report);
            return true;
        }

        Describe(service, report);
        switch (report.Rollout)
        {
            case Rollout.Good or Rollout.Unchanged:
                Good(service, wish, report);
                break;
            case Rollout.Withdrawn when report.Sequence == wish.Sequence:
                PutBack(service, wish, report, CalledBack);
                break;
            case Rollout.Failed when report.Sequence == wish.Sequence:
                Failed(service, wish, report);
                break;
            case Rollout.Terminated when report.Sequence >= wish.Sequence:
                End(service, wish, report);
                break;
        }

        return true;
    }

    // A revision that has ended stays so, whatever is overtaken on its way; the end of the service is no outcome of its last revision.
    private static void Record(ServiceWish wish, ServiceReported report)
    {
        var at = wish.Revisions.FindIndex(revision => revision.Number == report.Revision);
        var before = at < 0 ? null : wish.Revisions[at];
        if (before is not null && (before.Sequence != report.Sequence || (report.Rollout < Rollout.Good && before.At >= report.At)))
        {
            return;
        }

        var revision = new Revision(
            report.Revision,
            report.Sequence,
            new(Name(report.Cause.Kind), report.Cause.Id, report.Cause.ItemId),
            Name(report.Rollout),
            report.Reason,
            report.ChartVersion ?? before?.ChartVersion,
            before?.StartedAt ?? report.At,
            report.At);
        if (before is null)
        {
            wish.Revisions.Add(revision);
            wish.Revisions.RemoveRange(0, Math.Max(0, wish.Revisions.Count - KeptRevisions));
        }
        else
        {
            wish.Revisions[at] = revision;
        }
    }

    private static void Describe(Service service, ServiceReported report)
    {
        service.Status("revision", "INTEGER", report.Revision);
        service.Status("rollout", "TEXT", Name(report.Rollout));
        service.Status("reason", "TEXT", report.Reason);
        service.Status("degraded", "TEXT", null);
        service.Status("endpoints", "ARRAY", report.Endpoints.Count == 0 ? null : new JsonArray([.. report.Endpoints.Select(endpoint => JsonValue.Create(endpoint))]));
        service.Status("cutLinks", "ARRAY", report.CutLinks.Count == 0 ? null : new JsonArray([.. report.CutLinks.Select(link => JsonValue.Create(link))]));
        service.SupportingService =
            [.. report.Components.Where(component => component.State != ComponentState.Terminated).Select(ReportedComponent.Reference)];
    }

    // TMF638: a service that has started and is not enabled has failed.
    private static void Fares(Service service, ServiceReported report)
    {
        if (service.State == ServiceStateType.Active)
        {
            service.IsServiceEnabled = report.Degraded is null;
        }

        service.SupportingService =
            [.. report.Components.Where(component => component.State != ComponentState.Terminated).Select(ReportedComponent.Reference)];
        if (report.Drift is { } drift)
        {
            service.Tell($"Somebody else changed what runs, and it is put right: {drift}", report.At);
        }

        var before = service.ServiceCharacteristic?.Find(one => one.Name == ReservedNames.StatusPrefix + "degraded")?.Value;
        service.Status("degraded", "TEXT", report.Degraded);
        if (report.Degraded is { } degraded)
        {
            service.Tell($"Not all of the service is ready: {degraded}", report.At);
        }
        else if (before is not null)
        {
            service.Tell("All of the service is ready again", report.At);
        }
    }

    private static void Good(Service service, ServiceWish wish, ServiceReported report)
    {
        if (report.Sequence == wish.Sequence)
        {
            if (report.InForce is { } inForce)
            {
                wish.Wanted = [.. inForce.Select(one => Known(wish, one))];
                service.Show(wish.Wanted);
            }

            wish.Good = [.. wish.Wanted];
            wish.Inactive = report.Inactive;
        }

        service.State = report.Inactive ? ServiceStateType.Inactive : ServiceStateType.Active;
        service.HasStarted = true;
        service.IsServiceEnabled = !report.Inactive;
        service.StartDate ??= report.At;
        if (wish.Withdraws is not null && report.Sequence == wish.Sequence)
        {
            service.Tell(CalledBack, report.At);
        }

        if (report.Notes is { Length: > 0 } notes)
        {
            service.Tell(notes, report.At);
        }
    }

    private static void Failed(Service service, ServiceWish wish, ServiceReported report)
    {
        if (wish.Good.Count == 0 && service.State is not (ServiceStateType.Active or ServiceStateType.Inactive))
        {
            End(service, wish, report);
            return;
        }

        PutBack(service, wish, report, $"The change was not kept and the last good values are back: {report.Reason ?? "it did not become ready"}");
    }

    private static void PutBack(Service service, ServiceWish wish, ServiceReported report, string note)
    {
        var last = wish.Good.Count > 0 ? wish.Good : wish.Wanted;
        wish.Wanted = report.InForce is { } inForce ? [.. inForce.Select(one => Known(wish, one))] : [.. last];
        wish.Inactive = service.State == ServiceStateType.Inactive;
        service.Show(wish.Wanted);
        service.Tell(note, report.At);
    }

    private static void End(Service service, ServiceWish wish, ServiceReported report)
    {
        if (report.Reason is { } reason)
        {
            service.Tell($"The service has ended: {reason}", report.At);
        }

        wish.Ending = true;
        service.State = ServiceStateType.Terminated;
        service.IsServiceEnabled = false;
        service.EndDate = report.At;
        service.SupportingService = [];
    }

    // The worker knows values as text only; where we had the same before, its JSON form and its secrecy are ours.
    private static WishedCharacteristic Known(ServiceWish wish, ServiceCharacteristic inForce) =>
        wish.Good.Concat(wish.Wanted).FirstOrDefault(one => one.Name == inForce.Name && one.Text == inForce.Value)
        ?? new(inForce.Name, inForce.ValueType, inForce.Value, inForce.IsDefault, wish.Wanted.Any(one => one.Name == inForce.Name && one.IsSecret));

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
