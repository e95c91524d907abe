using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Placements;

/// <summary>A Placement and what OCM has decided for it. An empty decision says nothing about what already runs: hold, never remove.</summary>
/// <param name="Name">Name.</param>
/// <param name="Clusters">Decided clusters of all its PlacementDecisions, in their order.</param>
/// <param name="Misconfigured">The scheduler's message where it cannot read the rules; null otherwise.</param>
/// <param name="Unsatisfied">Reason and message of condition PlacementSatisfied where it is False; null otherwise.</param>
public sealed record PlacementState(string Name, IReadOnlyList<string> Clusters, string? Misconfigured, string? Unsatisfied)
{
    /// <summary>Joins a Placement with its decisions.</summary>
    public static PlacementState Of(JsonObject placement, IEnumerable<JsonObject> decisions)
    {
        var conditions = placement["status"]?["conditions"];
        return new(
            (string)placement["metadata"]!["name"]!,
            [.. decisions.OrderBy(Group).SelectMany(Decided)],
            Conditions.Find(conditions, "PlacementMisconfigured") is { } bad && (string?)bad["status"] == "True" ? (string?)bad["message"] : null,
            Conditions.Find(conditions, "PlacementSatisfied") is { } satisfied && (string?)satisfied["status"] == "False"
                ? $"{satisfied["reason"]}: {satisfied["message"]}"
                : null);
    }

    private static int Group(JsonObject decision) =>
        int.TryParse((string?)decision["metadata"]?["labels"]?["cluster.open-cluster-management.io/decision-group-index"], out var index) ? index : 0;

    /// <summary>Clusters that a PlacementDecision names.</summary>
    public static IEnumerable<string> Decided(JsonObject decision) =>
        (decision["status"]?["decisions"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(entry => (string?)entry["clusterName"] ?? "").Where(name => name.Length > 0);
}
