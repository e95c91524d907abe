using System.Text.Json.Nodes;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Translate;

/// <summary>
/// OCM <c>Placement</c>s as placement rules: one for the whole release, or several named after the workloads that they place. Each component
/// runs on one cluster, so <c>numberOfClusters</c> may only be 1.
/// </summary>
internal static class PlacementManifest
{
    /// <summary>Kind of the object.</summary>
    public const string Kind = "Placement";

    private const string Group = "cluster.open-cluster-management.io/";

    /// <summary>The rules. Throws <see cref="FormatException"/> naming the Placement and the field.</summary>
    public static PlacementRules Read(IReadOnlyList<JsonObject> documents)
    {
        var specs = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            var name = document.Text("metadata", "name");
            var apiVersion = document.Text("apiVersion");
            if (!apiVersion.StartsWith(Group, StringComparison.Ordinal))
            {
                throw new FormatException($"Placement \"{name}\" must have an apiVersion {Group}..., not \"{apiVersion}\"");
            }

            if (!specs.TryAdd(name, Spec(name, document["spec"])))
            {
                throw new FormatException($"two Placements are named \"{name}\"");
            }
        }

        return PlacementRules.Any with { Placements = specs };
    }

    private static JsonObject Spec(string name, JsonNode? node)
    {
        if (PlacementShape.Spec.Problem(node, "spec") is { } problem)
        {
            throw new FormatException($"Placement \"{name}\": {problem}");
        }

        var spec = (JsonObject?)node?.DeepClone() ?? [];
        return spec["numberOfClusters"] is { } number && number.ToJsonString() != "1"
            ? throw new FormatException($"Placement \"{name}\": numberOfClusters is {number.ToJsonString()}, but a component runs on 1 cluster")
            : spec;
    }
}
