using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>One small step. Each may be repeated without harm, so a worker may be killed anywhere.</summary>
internal abstract record NextStep
{
    /// <summary>Nothing to do before <paramref name="Until"/> unless something happens. What is true meanwhile is reported.</summary>
    internal sealed record Wait(DateTimeOffset Until, Progress? Progress = null) : NextStep
    {
        /// <summary>How a concluded service fares; null where nothing is to be told of it.</summary>
        public Standing? Standing { get; init; }
    }

    /// <summary>Put right what somebody else changed, and tell it: write works again, or have their agents apply them again where there is a mark.</summary>
    internal sealed record Repair(IReadOnlyList<WorkManifest> Works, string? Mark, string What) : NextStep;

    /// <summary>Make a revision of what is wanted; one that is still rolling out is superseded.</summary>
    internal sealed record MakeRevision : NextStep;

    /// <summary>Make a revision that calls a change back which was not good: the good one is put back.</summary>
    internal sealed record Withdraw : NextStep;

    /// <summary>Make a revision that takes the good one to other clusters, since some of its own no longer suit.</summary>
    internal sealed record Relocate(string Reason) : NextStep;

    /// <summary>Ask the repository for a newer chart version, and take it where there is one.</summary>
    internal sealed record LookForVersion : NextStep;

    /// <summary>Have the agent try works again that it could not apply: it waits longer after each failure.</summary>
    internal sealed record Nudge(IReadOnlyList<WorkManifest> Works, string Mark) : NextStep;

    /// <summary>Begin to remove everything, because the service ends.</summary>
    internal sealed record BeginRemoval : NextStep;

    /// <summary>Write Placements, so that OCM decides.</summary>
    internal sealed record WritePlacements(IReadOnlyList<PlacementGroup> Groups) : NextStep;

    /// <summary>Hold on to the clusters that were decided.</summary>
    internal sealed record PlaceGroups(IReadOnlyDictionary<string, string> Places) : NextStep;

    /// <summary>Write works. The ledger is stored first, so that a number once given stays with what it was given to.</summary>
    internal sealed record WriteWorks(Ledger Ledger, IReadOnlyList<WorkManifest> Works) : NextStep;

    /// <summary>Take works off the hub.</summary>
    internal sealed record DeleteWorks(IReadOnlyList<WorkId> Works) : NextStep;

    /// <summary>Take Placements off the hub.</summary>
    internal sealed record DeletePlacements(IReadOnlyList<string> Names) : NextStep;

    /// <summary>Forget works and Placements that are gone, and the objects that were in them.</summary>
    internal sealed record Forget(IReadOnlyList<WorkId> Works, IReadOnlyList<string> Placements, Ledger Ledger) : NextStep;

    /// <summary>Write the work of a hook.</summary>
    internal sealed record WriteHook(WorkManifest Work) : NextStep;

    /// <summary>So many hooks have run; the last one failed where there is a complaint.</summary>
    internal sealed record HookDone(int Count, string? Complaint = null) : NextStep;

    /// <summary>Everything is ready: this revision holds from now on.</summary>
    internal sealed record BecomeGood : NextStep;

    /// <summary>Callers are led to the new places: begin to take the old ones away.</summary>
    internal sealed record TakeAway : NextStep;

    /// <summary>Give up: put the last good revision back, or remove everything where there is none.</summary>
    internal sealed record GiveUp(string Reason) : NextStep
    {
        /// <summary>Components that did not become ready on a cluster that was new to them: it is avoided for a while.</summary>
        public IReadOnlyList<(Guid Component, string Cluster)> Failed { get; init; } = [];
    }

    /// <summary>Conclude the revision.</summary>
    internal sealed record Conclude(Rollout Rollout) : NextStep;
}

/// <summary>What is true while a revision is under way.</summary>
/// <param name="Rollout">How far it is.</param>
/// <param name="Reason">What it waits for.</param>
/// <param name="ForClusters">Whether a change of the clusters may help.</param>
internal sealed record Progress(Rollout Rollout, string? Reason = null, bool ForClusters = false);

/// <summary>How a service fares whose last revision is concluded.</summary>
/// <param name="Degraded">What is not ready although it was; null where all is well.</param>
internal sealed record Standing(string? Degraded);
