using System.Globalization;
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

    private static readonly HashSet<string> Fields =
        ["numberOfClusters", "clusterSets", "predicates", "tolerations", "prioritizerPolicy", "spreadPolicy", "decisionStrategy", "sortBy"];

    /// <summary>The rules. Throws <see cref="FormatException"/> naming the Placement and the field.</summary>
    public static PlacementRules Read(IReadOnlyList<JsonObject> documents)
    {
        var specs = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            var name = (document["metadata"] as JsonObject)?["name"] is JsonValue value ? value.ToString() : "";
            var apiVersion = (document["apiVersion"] as JsonValue)?.ToString() ?? "";
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
        var spec = node switch
        {
            null => [],
            JsonObject given => (JsonObject)given.DeepClone(),
            _ => throw new FormatException($"the spec of Placement \"{name}\" must be a mapping"),
        };
        if (spec.FirstOrDefault(field => !Fields.Contains(field.Key)) is { Key: { } unknown })
        {
            throw new FormatException($"Placement \"{name}\" has an unknown field \"{unknown}\"");
        }

        if (spec["numberOfClusters"] is { } number && number.ToJsonString() != "1")
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"numberOfClusters of Placement \"{name}\" is {number.ToJsonString()}: a component runs on 1 cluster"));
        }

        foreach (var list in new[] { "clusterSets", "predicates", "tolerations" })
        {
            if (spec[list] is not (null or JsonArray))
            {
                throw new FormatException($"{list} of Placement \"{name}\" must be a list");
            }
        }

        return spec;
    }
}
