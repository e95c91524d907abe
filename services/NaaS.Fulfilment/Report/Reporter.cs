using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Outbox;

namespace NaaS.Fulfilment.Report;

/// <summary>Last step of fulfilment: says what is true, through the outbox, with the change that made it true.</summary>
internal sealed class Reporter(TimeProvider time)
{
    // Never below one that was said before, also where this database was put back to an earlier state meanwhile.
    private long Next(ServiceRecord service) => Math.Max(service.Reports + 1, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Adds a report to what is saved next, unless it would repeat the last one.</summary>
    public void Report(FulfilmentDb db, ServiceRecord service, Situation situation, Revision revision, Rollout rollout, string? reason)
    {
        var report = new ServiceReported(
            service.Id,
            Next(service),
            revision.Sequence,
            revision.Number,
            revision.Cause,
            rollout,
            reason,
            ComponentReports.Of(situation, revision, rollout),
            time.GetUtcNow())
        {
            Endpoints = rollout is Rollout.Terminated or Rollout.Removing ? [] : Endpoints.Of(situation, Shown(situation, revision, rollout)),
            InForce = InForce(service, situation, revision, rollout),
            Held = situation.Held is not null && rollout is Rollout.Designed or Rollout.Placed,
            Inactive = Shown(situation, revision, rollout)?.Design?.Intent.Inactive is true,
            CutLinks = rollout is Rollout.Terminated or Rollout.Removing ? [] : CutLinks.Of(Shown(situation, revision, rollout)?.Placed),
            Notes = rollout == Rollout.Good ? revision.Design?.Notes : null,
            ChartVersion = Shown(situation, revision, rollout)?.Design?.ChartVersion,
            Delivered = rollout is Rollout.Good or Rollout.Unchanged or Rollout.Failed or Rollout.Withdrawn ? Delivered(situation, revision) : null,
        };
        Send(db, service, report);
    }

    /// <summary>Adds how a service fares between changes: what is not ready although it was, and what is being put right.</summary>
    public void ReportStanding(FulfilmentDb db, ServiceRecord service, Situation situation, string? drift)
    {
        var good = situation.Good!;
        Send(
            db,
            service,
            new(service.Id, Next(service), good.Sequence, good.Number, good.Cause, Rollout.Good, null, ComponentReports.Of(situation, good, Rollout.Good), time.GetUtcNow())
            {
                Standing = true,
                Degraded = service.Degraded,
                Drift = drift,
                Endpoints = Endpoints.Of(situation, good),
                Inactive = good.Design?.Intent.Inactive is true,
                CutLinks = CutLinks.Of(good.Placed),
                ChartVersion = good.Design?.ChartVersion,
            });
    }

    private static void Send(FulfilmentDb db, ServiceRecord service, ServiceReported report)
    {
        var said = Digest(report);
        if (service.Reported == said)
        {
            return;
        }

        service.Reported = said;
        service.Reports = report.Report;
        db.Enqueue(report);
    }

    /// <summary>
    /// Adds the conclusion of a command that a newer one replaced. It is no snapshot: its report number is 0, below that of any snapshot.
    /// </summary>
    public static void ReportSuperseded(FulfilmentDb db, Guid serviceId, long sequence, int revision, Cause cause, DateTimeOffset now, string? reason = null) =>
        db.Enqueue(new ServiceReported(serviceId, 0, sequence, revision, cause, Rollout.Superseded, reason ?? "a newer change replaced it", [], now));

    /// <summary>The revision that components and addresses are shown of.</summary>
    public static Revision? Shown(Situation situation, Revision revision, Rollout rollout) =>
        rollout is Rollout.Failed or Rollout.Restoring or Rollout.Withdrawn || revision.Design is null ? situation.Good ?? revision : revision;

    private static DeliveredRevision Delivered(Situation situation, Revision revision) => new(
        revision.Design?.ChartDigest,
        revision.Design?.Digest,
        situation.Ledger.Entries.Keys.GroupBy(entry => entry.Cluster).ToDictionary(
            cluster => cluster.Key,
            IReadOnlyList<string> (cluster) => [.. cluster.Select(entry => $"{entry.Key}").Order(StringComparer.Ordinal)]));

    // An operator's roll-back or retry, and calling a change back, make what the customer did not ask for, at least not last.
    private static IReadOnlyList<ServiceCharacteristic>? InForce(ServiceRecord service, Situation situation, Revision revision, Rollout rollout) => rollout switch
    {
        Rollout.Failed or Rollout.Withdrawn => situation.Good?.Characteristics,
        Rollout.Good or Rollout.Unchanged when revision.Cause.Kind == CauseKind.Operator || service.Withdraws is not null => revision.Characteristics,
        _ => null,
    };

    private static string Digest(ServiceReported report)
    {
        var said = report with { Report = 0, At = default };
        return Digests.Of([JsonNode.Parse(Json.Write(said))]);
    }
}
