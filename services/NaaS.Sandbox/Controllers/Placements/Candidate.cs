using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>A ManagedCluster as the scheduler looks at it, read once for all decisions until it changes.</summary>
/// <param name="Name">Name.</param>
/// <param name="Labels">Labels.</param>
/// <param name="Claims">ClusterClaims by name.</param>
/// <param name="Taints">Taints.</param>
/// <param name="Tree">The whole object, for CEL and resources; never changed.</param>
internal sealed record Candidate(
    string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Claims, IReadOnlyList<JsonNode> Taints, JsonObject Tree)
{
    public static Candidate Of(JsonObject cluster)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var claim in cluster.Items("status", "clusterClaims"))
        {
            claims[claim.Str("name") ?? ""] = claim.Str("value") ?? "";
        }

        return new Candidate(cluster.Name(), cluster.Labels(), claims, [.. cluster.Items("spec", "taints")], cluster);
    }

    /// <summary>Whether a decision about both would be the same.</summary>
    public bool SameForScheduling(Candidate other) =>
        Json.Same(Tree.At("metadata", "labels"), other.Tree.At("metadata", "labels"))
        && Json.Same(Tree["spec"], other.Tree["spec"])
        && Json.Same(Tree.At("status", "clusterClaims"), other.Tree.At("status", "clusterClaims"))
        && Json.Same(Tree.At("status", "version"), other.Tree.At("status", "version"))
        && Json.Same(Tree.At("status", "allocatable"), other.Tree.At("status", "allocatable"));
}
