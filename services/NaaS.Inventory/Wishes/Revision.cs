namespace NaaS.Inventory.Wishes;

/// <summary>Summary of a revision, kept from the worker's reports. Read under <c>service/{id}/revision</c>.</summary>
/// <param name="Number">Number of the revision within its service.</param>
/// <param name="Sequence">Sequence of the command that made it.</param>
/// <param name="Cause">What asked for it: order, service, worker or operator, with its id.</param>
/// <param name="Rollout">How far it has come, or how it ended.</param>
/// <param name="Reason">Why it waits or failed.</param>
/// <param name="ChartVersion">Resolved chart version.</param>
/// <param name="StartedAt">When it was first reported.</param>
/// <param name="At">When this was true.</param>
internal sealed record Revision(
    int Number, long Sequence, RevisionCause Cause, string Rollout, string? Reason, string? ChartVersion, DateTimeOffset StartedAt, DateTimeOffset At)
{
    private static readonly HashSet<string> Conclusions = ["good", "unchanged", "superseded", "failed", "terminated", "withdrawn"];

    /// <summary>Whether nothing follows for it.</summary>
    public bool IsConcluded => Conclusions.Contains(Rollout);
}

/// <summary>What asked for a revision.</summary>
internal sealed record RevisionCause(string Kind, string Id, string? ItemId);
