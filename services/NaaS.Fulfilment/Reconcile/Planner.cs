using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Storage;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// Decides what next: a pure function of what is. An empty or misconfigured decision never removes anything, nothing old goes before everything new is
/// ready, and where something failed the last good revision comes back.
/// </summary>
internal static class Planner
{
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(5);

    /// <summary>The one next step.</summary>
    public static NextStep Next(Situation situation)
    {
        if (situation.Current is not { } current || situation.Wish.Sequence > current.Sequence)
        {
            return situation.Wish.Gone || situation.Wish.Withdrawal is { Before: null } ? new NextStep.BeginRemoval()
                : situation.Held is not null ? new NextStep.Wait(situation.Now + Resync)
                : situation.Wish.Withdrawal is { Before: { } before } && before == situation.Good?.Number ? new NextStep.Withdraw()
                : new NextStep.MakeRevision();
        }

        return current.Stage switch
        {
            RevisionStage.Rolling => RollOut(situation, current),
            RevisionStage.Switching => Switch(situation, current),
            RevisionStage.Settling => TakeAwayOld(situation, current.Placed!) ?? new NextStep.Conclude(Rollout.Good),
            RevisionStage.Restoring => PutBack(situation, current),
            RevisionStage.Removing => RemoveAll(situation, current),
            _ => Keep(situation),
        };
    }

    private static NextStep RollOut(Situation situation, Revision current)
    {
        if (situation.Aborted is { } aborted)
        {
            return new NextStep.GiveUp(aborted);
        }

        if (situation.Held is { } held)
        {
            return new NextStep.Wait(situation.Now + Resync, new(current.IsPlaced ? Rollout.Placed : Rollout.Designed, held));
        }

        if (current.Placed is not { } placed)
        {
            return PlacePlanner.Next(situation, current);
        }

        var hooks = HookPlan.Of(situation.ServiceId, placed, current.Number, current.Before is null ? "install" : "upgrade");
        var delivery = Delivery.Of(situation, placed, situation.Good?.Placed);
        if (HookPlanner.Next(situation, current, hooks, hooks.Before.Count) is { } hook)
        {
            return hook;
        }

        if (Unblocking.Next(situation, current, delivery) is { } free && situation.Now < current.Deadline)
        {
            return free;
        }

        if (Write(situation, delivery) is { } write)
        {
            return write is NextStep.Wait && situation.Now >= current.Deadline
                ? new NextStep.GiveUp("not delivered in time: an earlier work of the service is still being removed")
                : write;
        }

        var health = delivery.Health(situation, placed);
        if (health.FirstOrDefault(o => o.Health == Health.Failed) is { } failed)
        {
            return new NextStep.GiveUp(failed.ToString()) { Failed = Unfit(situation, placed, [failed]) };
        }

        var waiting = health.Where(o => o.Health != Health.Ready).ToList();
        if (waiting.Count == 0)
        {
            return HookPlanner.Next(situation, current, hooks, hooks.Count) ?? new NextStep.BecomeGood();
        }

        if (situation.Now >= current.Deadline)
        {
            return new NextStep.GiveUp("not ready in time: " + Explanation.Of(waiting)) { Failed = Unfit(situation, placed, waiting) };
        }

        var progress = new Progress(delivery.IsApplied(situation) ? Rollout.Delivered : Rollout.Placed, Explanation.Of(waiting));
        return Nudging.Next(situation, current, delivery, progress) ?? new NextStep.Wait(current.Deadline, progress);
    }

    // Where a component ran well before, the change failed and not the cluster.
    private static List<(Guid Component, string Cluster)> Unfit(Situation situation, PlacedDesign placed, IReadOnlyList<ObjectHealth> unready) =>
    [
        .. placed.Design.Groups
            .Where(group => unready.Any(o => o.Cluster == placed.Places[group.Name] && group.Components.Any(component => component.Objects.Contains(o.Key))))
            .SelectMany(group => group.Components, (group, component) => (component, Cluster: placed.Places[group.Name]))
            .Where(place => PlacePlanner.PlaceOf(situation.Good, place.component) != place.Cluster)
            .Select(place => (place.component.Id, place.Cluster)),
    ];

    // Links lead to the new places while the old ones still run; only then the old ones go.
    private static NextStep Switch(Situation situation, Revision current)
    {
        var delivery = Delivery.Of(situation, current.Placed!, situation.Replaced?.Placed, switched: true);
        if (Write(situation, delivery) is { } write)
        {
            return write;
        }

        return delivery.IsApplied(situation) || situation.Now >= current.Deadline ? new NextStep.TakeAway() : new NextStep.Wait(current.Deadline);
    }

    private static NextStep PutBack(Situation situation, Revision current)
    {
        var good = situation.Good!.Placed!;
        var hooks = current.Placed is null ? HookPlan.None : HookPlan.Of(situation.ServiceId, good, current.Number, "rollback");
        if (HookPlanner.Next(situation, current, hooks, hooks.Before.Count) is { } before)
        {
            return before;
        }

        if (Unblocking.Next(situation, current, Delivery.Of(situation, good, null)) is { } free)
        {
            return free;
        }

        if (TakeAwayOld(situation, good, current.HooksDone < hooks.Count ? hooks.Names : []) is { } step)
        {
            return step;
        }

        var ready = IsReady(situation, good);
        if (ready && HookPlanner.Next(situation, current, hooks, hooks.Count) is { } after)
        {
            return after;
        }

        return ready || situation.Now >= current.Deadline
            ? new NextStep.Conclude(current.IsWithdrawal ? Rollout.Withdrawn : Rollout.Failed)
            : new NextStep.Wait(current.Deadline);
    }

    private static NextStep Keep(Situation situation)
    {
        if (situation.Good?.Placed is not { } good)
        {
            return new NextStep.Wait(DateTimeOffset.MaxValue);
        }

        // What does not belong to the good revision, as after a restore of an earlier state, stays until all that does is ready.
        if (TakeAwayOld(situation, good) is { } step and not NextStep.Wait && (step is not NextStep.DeleteWorks || IsReady(situation, good)))
        {
            return step is NextStep.WriteWorks { Ledger: var ledger } write && ledger == situation.Ledger ? Drifting.OnHub(situation, write.Works) : step;
        }

        if (situation.Held is null && PlacePlanner.Lost(situation, good) is { } lost)
        {
            return new NextStep.Relocate(lost);
        }

        var delivery = Delivery.Of(situation, good, null);
        if (Drifting.OnClusters(situation, delivery) is { } repair)
        {
            return repair;
        }

        var standing = Standings.Next(situation, good, delivery);
        if (situation.Held is not null || good.Design.Intent is not { UpdatePolicy: UpdatePolicy.Automatic, Inactive: false, Cluster: null })
        {
            return standing;
        }

        return situation.VersionLook is not { } look || look <= situation.Now ? new NextStep.LookForVersion()
            : look < standing.Until ? standing with { Until = look }
            : standing;
    }

    private static bool IsReady(Situation situation, PlacedDesign placed) =>
        Delivery.Of(situation, placed, null).Health(situation, placed).All(o => o.Health == Health.Ready);

    private static NextStep RemoveAll(Situation situation, Revision current)
    {
        var running = situation.Good?.Placed ?? current.Placed;
        var hooks = running is null ? HookPlan.None : HookPlan.Of(situation.ServiceId, running, current.Number, "delete");
        return HookPlanner.Next(situation, current, hooks, hooks.Before.Count)
            ?? Purge(situation, [], current.HooksDone < hooks.Count ? [.. hooks.Names] : [], [])
            ?? HookPlanner.Next(situation, current, hooks, hooks.Count)
            ?? Purge(situation, [], [], [])
            ?? new NextStep.Conclude(Rollout.Terminated);
    }

    // Brings hub and clusters to exactly this revision; null when they are.
    private static NextStep? TakeAwayOld(Situation situation, PlacedDesign placed, IEnumerable<string>? runningHooks = null)
    {
        var delivery = Delivery.Of(situation, placed, null);
        var placements = placed.Design.Groups.Select(group => WorkNames.Placement(situation.ServiceId, group.Name, group.Rule)).ToHashSet();
        return Write(situation, delivery) ?? Purge(situation, delivery.Works, [.. KeptHooks(situation, placed.Design), .. runningHooks ?? []], placements);
    }

    private static NextStep? Write(Situation situation, Delivery delivery)
    {
        var stale = delivery.Works
            .Where(work => situation.Works.GetValueOrDefault(Id(work)) is not { } there || !JsonCover.IsSpec(there.Spec, work.Spec))
            .ToList();
        // A work that is on its way out takes its objects along; only when it is gone can it be written anew.
        if (delivery.Works.Any(work => situation.Works.GetValueOrDefault(Id(work)) is { Deleting: true }))
        {
            return new NextStep.Wait(situation.Now + Recheck);
        }

        return stale.Count > 0 || delivery.Ledger != situation.Ledger ? new NextStep.WriteWorks(delivery.Ledger, stale) : null;
    }

    // A hook's object stays after it has run, as with Helm, unless its policy says otherwise or the chart no longer has it.
    private static IEnumerable<string> KeptHooks(Situation situation, Design design) =>
        design.Hooks.Values.SelectMany(hooks => hooks)
            .Where(hook => !hook.DeletePolicies.Contains("hook-succeeded"))
            .Where(hook => situation.Current is not { Stage: RevisionStage.Restoring } || !hook.DeletePolicies.Contains("hook-failed"))
            .Select(hook => WorkNames.Hook(situation.ServiceId, Bundle.ObjectKey.Of(hook.Object)));

    private static NextStep? Purge(Situation situation, IReadOnlyList<WorkManifest> works, HashSet<string> hooks, HashSet<string> placements)
    {
        var wanted = works.Select(Id).ToHashSet();
        var extra = situation.Works.Where(work => !wanted.Contains(work.Key))
            .Concat(situation.Hooks.Where(hook => hook.Value is null || !hooks.Contains(hook.Key.Name)))
            .ToList();
        if (extra.Where(work => work.Value is { Deleting: false }).Select(work => work.Key).ToList() is { Count: > 0 } present)
        {
            return new NextStep.DeleteWorks(present);
        }

        var oldPlacements = situation.Placements.Where(placement => !placements.Contains(placement.Key)).ToList();
        if (oldPlacements.Where(placement => placement.Value is not null).Select(placement => placement.Key).ToList() is { Count: > 0 } old)
        {
            return new NextStep.DeletePlacements(old);
        }

        if (extra.Any(work => work.Value is not null) || works.Any(work => situation.Works[Id(work)] is not { Applied: true }))
        {
            var late = situation.Now >= situation.Current!.Deadline && situation.Current.Stage is RevisionStage.Settling or RevisionStage.Restoring;
            return late ? null : new NextStep.Wait(Until(situation), Removal(situation, extra.Where(work => work.Value is not null).Select(work => work.Key.Cluster)));
        }

        var ledger = Remaining(situation, works);
        return extra.Count > 0 || oldPlacements.Count > 0 || ledger != situation.Ledger
            ? new NextStep.Forget([.. extra.Select(work => work.Key)], [.. oldPlacements.Select(placement => placement.Key)], ledger)
            : null;
    }

    private static DateTimeOffset Until(Situation situation) =>
        situation.Current is { Stage: RevisionStage.Settling or RevisionStage.Restoring } current && current.Deadline > situation.Now
            ? current.Deadline
            : situation.Now + Resync;

    private static Progress? Removal(Situation situation, IEnumerable<string> clusters) =>
        situation.Current is { Stage: RevisionStage.Removing }
            ? new(Rollout.Removing, string.Join(", ", clusters.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } names ? $"waits for {names}" : null)
            : null;

    private static Ledger Remaining(Situation situation, IReadOnlyList<WorkManifest> works)
    {
        var carried = works
            .SelectMany(work => work.Spec["workload"]!["manifests"]!.AsArray().Select(manifest => (work.Cluster, Bundle.ObjectKey.Of((JsonObject)manifest!))))
            .ToHashSet();
        var entries = situation.Ledger.Entries.Where(entry => carried.Contains(entry.Key)).ToDictionary();
        return entries.Count == situation.Ledger.Entries.Count ? situation.Ledger : situation.Ledger with { Entries = entries };
    }

    private static WorkId Id(WorkManifest work) => new(work.Cluster, work.Name);
}
