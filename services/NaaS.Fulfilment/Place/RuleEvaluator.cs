using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;

namespace NaaS.Fulfilment.Place;

/// <summary>
/// Our own evaluation of a placement rule: a Placement's status carries no generation, so a decision is believed only where the cluster satisfies
/// the rule as we see it.
/// </summary>
internal static class RuleEvaluator
{
    /// <summary>The set that every cluster is in, whatever its label says.</summary>
    private const string GlobalSet = "global";

    /// <summary>Whether a cluster satisfies the rule now.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="cluster">The cluster as the hub knows it.</param>
    /// <param name="now">For tolerations that end.</param>
    /// <param name="holds">
    /// Whether the group is on the cluster already: then NoSelectIfNew taints do not count, and the cluster may be unreachable for as long as the rule
    /// tolerates it. A new group needs a cluster that answers.
    /// </param>
    public static RuleVerdict Evaluate(PlacementRule rule, ManagedCluster cluster, DateTimeOffset now, bool holds = false)
    {
        var reasons = new List<string>();
        if (SetReason(rule.Spec["clusterSets"] as JsonArray, cluster) is { } set)
        {
            reasons.Add(set);
        }

        reasons.AddRange(ClusterPredicates.Reasons(rule.Spec["predicates"] as JsonArray, cluster));
        var taints = TaintReasons(rule.Spec["tolerations"] as JsonArray ?? [], cluster, now, holds).ToList();
        reasons.AddRange(taints);
        if (!holds && taints.Count == 0 && cluster.Available is not true)
        {
            reasons.Add(cluster.Available is false ? "is unavailable" : "is unreachable");
        }

        return reasons.Count == 0 ? new(true, null) : new(false, string.Join(", ", reasons));
    }

    private static string? SetReason(JsonArray? sets, ManagedCluster cluster)
    {
        var names = (sets ?? []).Select(set => set.Text()).ToList();
        var own = cluster.Labels.GetValueOrDefault(ManagedCluster.ClusterSetLabel);
        return names.Count == 0 || names.Contains(GlobalSet) || (own is not null && names.Contains(own))
            ? null
            : $"not in cluster set {string.Join(" or ", names)}";
    }

    private static IEnumerable<string> TaintReasons(JsonArray tolerations, ManagedCluster cluster, DateTimeOffset now, bool holds) =>
        cluster.Taints
            .Where(taint => taint.Effect == "NoSelect" || (taint.Effect == "NoSelectIfNew" && !holds))
            .Where(taint => !tolerations.OfType<JsonObject>().Any(toleration => Tolerates(toleration, taint, now)))
            .Select(taint => $"taint {taint.Key[(taint.Key.LastIndexOf('/') + 1)..]}{(taint.Value.Length > 0 ? "=" + taint.Value : "")}");

    private static bool Tolerates(JsonObject toleration, ClusterTaint taint, DateTimeOffset now)
    {
        var key = toleration.Text("key");
        var exists = toleration.Text("operator") == "Exists";
        var effect = toleration.Text("effect");
        return (key == taint.Key || (key.Length == 0 && exists))
            && (effect.Length == 0 || effect == taint.Effect)
            && (exists || toleration.Text("value") == taint.Value)
            && (Seconds(toleration) is not { } seconds || now < taint.TimeAdded.AddSeconds(seconds));
    }

    private static double? Seconds(JsonObject toleration) =>
        toleration["tolerationSeconds"] is JsonValue value && double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}
