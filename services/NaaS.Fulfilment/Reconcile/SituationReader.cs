using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Reads what is: the service's rows, and by name what they say is on the hub.</summary>
internal sealed class SituationReader(HubClient hub, ClusterList clusterList, DesignCache designs, IOptions<FulfilmentOptions> options, TimeProvider time)
{
    /// <summary>The situation of a service; the rows that it was read from stay tracked by <paramref name="db"/>.</summary>
    public async Task<Situation> ReadAsync(FulfilmentDb db, ServiceRecord service, CancellationToken cancellationToken)
    {
        var current = await RevisionAsync(db, service.Id, service.Revision, cancellationToken);
        var good = service.Good == service.Revision ? current : await RevisionAsync(db, service.Id, service.Good ?? 0, cancellationToken);
        var undecided = current is { Stage: RevisionStage.Rolling, IsPlaced: false };
        var isQuiet = current is { Stage: >= RevisionStage.Good } && good is not null;
        var clusters = undecided || isQuiet ? await clusterList.GetAsync(service.NextRun, cancellationToken) : NoClusters;
        var onHub = await db.HubObjects.AsNoTracking().Where(o => o.ServiceId == service.Id).ToListAsync(cancellationToken);
        var ledger = await LedgerAsync(db, service, cancellationToken);
        return new()
        {
            ServiceId = service.Id,
            Now = time.GetUtcNow(),
            Wish = new(service.Sequence, service.Gone, Json.Read<Cause>(service.Cause)) { Withdrawal = await WithdrawalAsync(db, service, cancellationToken) },
            Current = current,
            Good = good,
            Held = service.HeldSince is null ? null : Said("held by an operator", service.HeldReason),
            Aborted = service.AbortedRevision == service.Revision ? Said("given up by an operator", service.AbortReason) : null,
            VersionLook = service.VersionLook,
            Replaced = current is { Stage: RevisionStage.Switching or RevisionStage.Settling, Before: { } before }
                ? await RevisionAsync(db, service.Id, before, cancellationToken)
                : null,
            Placements = NeedsPlacements(current) ? await PlacementsAsync(onHub, cancellationToken) : NotRead,
            Verdicts = Verdicts(undecided ? current!.Design : isQuiet ? good?.Design : null, good, clusters),
            Silent = clusters.Values.Where(cluster => cluster.Available is not true).Select(cluster => cluster.Name).ToHashSet(StringComparer.Ordinal),
            Works = await WorksAsync(onHub, HubObjectKind.Work, cancellationToken),
            Hooks = await WorksAsync(onHub, HubObjectKind.Hook, cancellationToken),
            UnreadySince = service.UnreadySince,
            Tolerance = options.Value.UnreadyTolerance,
            Ledger = ledger,
            Watches = await WatchesAsync(db, service.Id, current, ledger, cancellationToken),
        };
    }

    // A change that no revision was made for has changed nothing. The worker's own revisions, such as relocations, carry the sequence of the change before.
    private static async Task<Withdrawal?> WithdrawalAsync(FulfilmentDb db, ServiceRecord service, CancellationToken cancellationToken)
    {
        if (service.Withdraws is not { } withdrawn || service.Sequence == service.Taken)
        {
            return null;
        }

        var made = await db.Revisions.AsNoTracking()
            .Where(revision => revision.ServiceId == service.Id && revision.Sequence == withdrawn)
            .OrderBy(revision => revision.Number)
            .Select(revision => new { revision.Before })
            .FirstOrDefaultAsync(cancellationToken);
        return new(made is null ? service.Good : made.Before);
    }

    private static string Said(string what, string? why) => string.IsNullOrWhiteSpace(why) ? what : $"{what}: {why}";

    private static readonly Dictionary<string, ManagedCluster> NoClusters = [];
    private static readonly Dictionary<string, PlacementState?> NotRead = [];

    // While nothing is to be placed or taken away, no decision matters.
    private static bool NeedsPlacements(Revision? current) =>
        current is { Stage: RevisionStage.Rolling, IsPlaced: false } or { Stage: RevisionStage.Settling or RevisionStage.Restoring or RevisionStage.Removing };

    /// <summary>A revision as the planner sees it; null where there is none of that number.</summary>
    public async Task<Revision?> RevisionAsync(FulfilmentDb db, Guid serviceId, int number, CancellationToken cancellationToken)
    {
        var row = await db.Revisions.AsNoTracking()
            .Where(revision => revision.ServiceId == serviceId && revision.Number == number)
            .Select(revision => new
            {
                revision.Number,
                revision.Sequence,
                revision.Cause,
                revision.Characteristics,
                revision.Before,
                revision.IsWithdrawal,
                revision.Stage,
                revision.Reason,
                revision.Places,
                revision.HooksDone,
                revision.ConcludedAt,
                revision.Deadline,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return row is null
            ? null
            : new()
            {
                Number = row.Number,
                Sequence = row.Sequence,
                Cause = Json.Read<Cause>(row.Cause),
                Characteristics = Json.Read<List<ServiceCharacteristic>>(row.Characteristics),
                Before = row.Before,
                IsWithdrawal = row.IsWithdrawal,
                Stage = row.Stage,
                Reason = row.Reason,
                Places = Json.Read<Dictionary<string, string>>(row.Places),
                HooksDone = row.HooksDone,
                ConcludedAt = row.ConcludedAt,
                Deadline = row.Deadline,
                Design = await designs.FindAsync(db, serviceId, number, cancellationToken),
            };
    }

    private async Task<IReadOnlyDictionary<string, PlacementState?>> PlacementsAsync(List<HubObjectRecord> onHub, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, PlacementState?>(StringComparer.Ordinal);
        foreach (var row in onHub.Where(row => row.Kind == HubObjectKind.Placement))
        {
            states[row.Name] = await hub.FindPlacementAsync(row.Namespace, row.Name, cancellationToken);
        }

        return states;
    }

    private async Task<IReadOnlyDictionary<WorkId, DeliveredWork?>> WorksAsync(
        List<HubObjectRecord> onHub, HubObjectKind kind, CancellationToken cancellationToken)
    {
        var rows = onHub.Where(row => row.Kind == kind).ToList();
        var works = await Task.WhenAll(rows.Select(row => hub.FindAsync(HubResource.ManifestWorks, row.Namespace, row.Name, cancellationToken)));
        return rows.Zip(works).ToDictionary(
            pair => new WorkId(pair.First.Namespace, pair.First.Name), pair => pair.Second is null ? null : DeliveredWork.Of(pair.Second));
    }

    // A quiet service that has nothing watched has nothing to give back.
    private async Task<WatchBudget> WatchesAsync(FulfilmentDb db, Guid serviceId, Revision? current, Ledger ledger, CancellationToken cancellationToken)
    {
        var isQuiet = current is null or { Stage: >= RevisionStage.Good };
        IEnumerable<string> clusters = isQuiet
            ? ledger.Entries.Where(entry => entry.Value.Watched).Select(entry => entry.Key.Cluster)
            : ledger.Entries.Keys.Select(key => key.Cluster).Concat(current!.Places.Values);
        var concerned = clusters.Distinct(StringComparer.Ordinal).ToList();
        var taken = concerned.Count == 0
            ? []
            : await db.Objects.AsNoTracking()
                .Where(o => o.Watched && concerned.Contains(o.Cluster) && o.ServiceId != serviceId)
                .Select(o => new { o.Cluster, o.ApiGroup, o.Kind, o.Namespace })
                .Distinct()
                .ToListAsync(cancellationToken);
        var others = taken.GroupBy(o => o.Cluster, StringComparer.Ordinal).ToDictionary(
            cluster => cluster.Key,
            IReadOnlySet<WatchedKind> (cluster) => cluster.SelectMany(o => WatchBudget.For(new(o.ApiGroup, o.Kind, o.Namespace, ""))).ToHashSet(),
            StringComparer.Ordinal);
        return new(options.Value.WatchesPerCluster, others) { IsQuiet = isQuiet };
    }

    private static async Task<Ledger> LedgerAsync(FulfilmentDb db, ServiceRecord service, CancellationToken cancellationToken)
    {
        var rows = await db.Objects.AsNoTracking().Where(o => o.ServiceId == service.Id).ToListAsync(cancellationToken);
        return new(
            rows.ToDictionary(
                row => (row.Cluster, new ObjectKey(row.ApiGroup, row.Kind, row.Namespace, row.Name)),
                row => new LedgerEntry(row.Part, row.Number, row.Digest, row.Watched)),
            service.Deliveries);
    }

    private Dictionary<string, IReadOnlyDictionary<string, RuleVerdict>> Verdicts(
        Design? design, Revision? good, IReadOnlyDictionary<string, ManagedCluster> clusters)
    {
        var now = time.GetUtcNow();
        return (design?.Groups ?? []).ToDictionary(
            group => group.Name,
            group => (IReadOnlyDictionary<string, RuleVerdict>)clusters.Values.ToDictionary(
                cluster => cluster.Name,
                cluster => RuleEvaluator.Evaluate(group.Rule, cluster, now, Holds(good, group, cluster.Name)),
                StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static bool Holds(Revision? good, PlacementGroup group, string cluster) =>
        good?.Design is { } design && design.Groups.Any(known =>
            good.Places.GetValueOrDefault(known.Name) == cluster
            && known.Components.Any(component => group.Components.Any(one => one.Id == component.Id)));
}
