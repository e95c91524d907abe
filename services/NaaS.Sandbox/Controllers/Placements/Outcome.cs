namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>What the scheduler decided.</summary>
/// <param name="Groups">At least one group, an empty one where nothing was selected.</param>
/// <param name="Satisfied">Condition PlacementSatisfied.</param>
/// <param name="Misconfigured">Message of condition PlacementMisconfigured, null where the configuration is good.</param>
/// <param name="RecheckAt">When a toleration runs out, if one does.</param>
internal sealed record Outcome(
    IReadOnlyList<DecisionGroup> Groups, Satisfaction Satisfied, string? Misconfigured, DateTimeOffset? RecheckAt)
{
    public int Selected => Groups.Sum(group => group.Clusters.Count);
}

/// <summary>A decision group: its name and its clusters, sorted by name.</summary>
internal sealed record DecisionGroup(string Name, IReadOnlyList<string> Clusters);

/// <summary>Condition PlacementSatisfied.</summary>
internal sealed record Satisfaction(bool Holds, string Reason, string Message)
{
    public static Satisfaction Of(IReadOnlyList<string> wantedSets, IReadOnlyList<string> eligible, int bound, int members, int selected, int missing) =>
        bound == 0
            ? new(false, "NoManagedClusterSetBindings", "No valid ManagedClusterSetBindings found in placement namespace")
        : eligible.Count == 0
            ? new(false, "NoIntersection", $"None of ManagedClusterSets [{string.Join(",", wantedSets)}] is bound to placement namespace")
        : members == 0
            ? new(false, "AllManagedClusterSetsEmpty", $"All ManagedClusterSets [{string.Join(",", eligible)}] have no member ManagedCluster")
        : selected == 0
            ? new(false, "NoManagedClusterMatched", "No ManagedCluster matches any of the cluster predicate")
        : missing == 0
            ? new(true, "AllDecisionsScheduled", "All cluster decisions scheduled")
        : new(false, "NotAllDecisionsScheduled", $"{missing} cluster decisions unscheduled");
}
