using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Preview;

/// <summary>Works out what an order or a change would do, by the same steps that do it. Reads hub and store, writes nothing.</summary>
internal sealed class Previewer(
    Designer designer, SituationReader situations, ClusterList clusterList, HubClient hub, IOptions<HubOptions> hubOptions, TimeProvider time)
{
    /// <summary>
    /// The plan. A service that is not there yet is planned under an id of zeros, so that the plan of the same order is the same again. Throws what may
    /// pass; what cannot be is a refused plan.
    /// </summary>
    public async Task<ServicePlan> PlanAsync(FulfilmentDb db, PreviewService request, CancellationToken cancellationToken)
    {
        var service = request.ServiceId is { } id
            ? await db.Services.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            : null;
        var good = service?.Good is { } number ? await situations.RevisionAsync(db, service.Id, number, cancellationToken) : null;
        try
        {
            return request.Characteristics is null
                ? Removal(good)
                : await ChangeAsync(db, request, good is null ? null : service, good, cancellationToken);
        }
        catch (Exception refusal) when (refusal is RefusalException or ObjectTakenException)
        {
            return new(PlanOutcome.Refused) { Reason = refusal.Message };
        }
    }

    private async Task<ServicePlan> ChangeAsync(
        FulfilmentDb db, PreviewService request, ServiceRecord? service, Revision? good, CancellationToken cancellationToken)
    {
        var design = await designer.DesignAsync(
            new(service?.Id ?? Guid.Empty, request.ServiceName, service?.Born ?? DateTimeOffset.UnixEpoch, request.Characteristics!, (service?.Revision ?? 0) + 1, good?.Design)
            {
                Places = good?.Places ?? new Dictionary<string, string>(),
                Avoided = Avoidance.Read(service?.Avoided),
                Inactive = request.Inactive ?? service?.Inactive ?? false,
                Bad = chart => service is null ? new HashSet<string>() : BadVersions.Of(service, chart),
            },
            cancellationToken);
        var now = time.GetUtcNow();
        var clusters = await clusterList.GetAsync(now, cancellationToken);
        var places = ExpectedPlaces.Of(design, good, clusters, await LoadAsync(cancellationToken), now);
        var plan = new ServicePlan(Outcome(design, good, places))
        {
            ChartVersion = design.ChartVersion,
            ChartDigest = design.ChartDigest,
            Components = [.. places.SelectMany(place => place.Components(good))],
        };
        if (Refusal(design, good, places) is { } reason)
        {
            return plan with { Outcome = PlanOutcome.Refused, Reason = reason };
        }

        var delivered = plan.Outcome == PlanOutcome.Unchanged ? design with { Helm = good!.Design!.Helm } : design;
        var next = DesiredObjects.Of(new(delivered, places.ToDictionary(place => place.Group.Name, place => place.Cluster!)), null);
        await LedgerStorage.EnsureFreeAsync(db, service?.Id ?? Guid.Empty, Ledger.Empty.Assign(next), cancellationToken);
        var secrets = request.Characteristics!.Where(one => request.Secrets.Contains(one.Name)).Select(one => one.Value);
        return plan with
        {
            Objects = ObjectChanges.Of(good?.Placed is { } placed ? DesiredObjects.Of(placed, null) : ObjectChanges.Nothing, next, new(secrets)),
            Digest = PlanDigest.Of(design, good, places),
        };
    }

    private static ServicePlan Removal(Revision? good) => new(PlanOutcome.Remove)
    {
        Objects = good?.Placed is { } placed ? ObjectChanges.Of(DesiredObjects.Of(placed, null), ObjectChanges.Nothing, new([])) : [],
        Components = good?.Design is { } design
            ? [.. design.Groups.SelectMany(group => group.Components, (group, component) => new PlannedComponent(
                component.Workload.Kind, component.Workload.Namespace, component.Workload.Name, null, good.Places.GetValueOrDefault(group.Name), "it ends"))]
            : [],
    };

    private static PlanOutcome Outcome(Design design, Revision? good, IReadOnlyList<ExpectedPlace> places)
    {
        if (good?.Design is not { } held)
        {
            return PlanOutcome.Create;
        }

        return design.DeliversSameAs(held) && places.All(place => place.Stays) ? PlanOutcome.Unchanged : PlanOutcome.Change;
    }

    private static string? Refusal(Design design, Revision? good, IReadOnlyList<ExpectedPlace> places)
    {
        var reasons = places.Where(place => place.Cluster is null).Select(place => $"no cluster for {place.Group.Name}: {place.Why}").ToList();
        if (reasons.Count == 0 && !design.Intent.Recreate)
        {
            reasons.AddRange(places.SelectMany(place => PlacePlanner.Moved(good, place.Group, place.Cluster!)));
        }

        if (reasons.Count == 0 && PlacePlanner.Cut(good, design, places.ToDictionary(place => place.Group.Name, place => place.Cluster!)) is { Count: > 0 } cut)
        {
            reasons.Add(PlacePlanner.WouldCut(cut));
        }

        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }

    // OCM prefers clusters with few decisions (Balance).
    private async Task<Dictionary<string, int>> LoadAsync(CancellationToken cancellationToken)
    {
        var decisions = await hub.ListAsync(HubResource.PlacementDecisions, hubOptions.Value.Namespace, null, cancellationToken);
        return decisions.Items.SelectMany(PlacementState.Decided).GroupBy(cluster => cluster, StringComparer.Ordinal)
            .ToDictionary(cluster => cluster.Key, cluster => cluster.Count(), StringComparer.Ordinal);
    }
}
