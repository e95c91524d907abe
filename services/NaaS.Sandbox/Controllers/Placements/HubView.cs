using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>All that a scheduling decision looks at.</summary>
/// <param name="Placement">The Placement.</param>
/// <param name="BoundSets">ManagedClusterSets that exist and are bound to the Placement's namespace.</param>
/// <param name="Clusters">Every ManagedCluster that is not being deleted.</param>
/// <param name="Decided">Clusters in the Placement's own decisions now.</param>
/// <param name="DecisionCounts">How many decisions of all other Placements name a cluster.</param>
/// <param name="Scores">AddOnPlacementScores by cluster and resource name.</param>
/// <param name="Now">The time.</param>
internal sealed record HubView(
    JsonObject Placement,
    IReadOnlyList<JsonObject> BoundSets,
    IReadOnlyList<Candidate> Clusters,
    IReadOnlySet<string> Decided,
    IReadOnlyDictionary<string, int> DecisionCounts,
    Func<string, string, JsonObject?> Scores,
    DateTimeOffset Now);
