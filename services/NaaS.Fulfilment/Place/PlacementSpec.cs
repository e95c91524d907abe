using System.Text.Json.Nodes;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Place;

/// <summary>Writes the spec of an OCM Placement for one component's rules.</summary>
internal static class PlacementSpec
{
    /// <summary>More would need over 3^5 predicates.</summary>
    private const int MostFilters = 5;

    /// <summary>Taints that the hub sets on a cluster that does not answer.</summary>
    private static readonly string[] LostTaints =
        ["cluster.open-cluster-management.io/unreachable", "cluster.open-cluster-management.io/unavailable"];

    /// <summary>The CEL expression that only this cluster satisfies: no label or claim carries a cluster's name on every hub.</summary>
    public static string IsCluster(string name) => $"managedCluster.metadata.name == \"{name}\"";

    /// <summary>The CEL expression that every cluster but this one satisfies.</summary>
    public static string IsNotCluster(string name) => $"managedCluster.metadata.name != \"{name}\"";

    /// <summary>One cluster of the set that satisfies every filter, and is the named cluster where one is named.</summary>
    public static PlacementRule Of(string clusterSet, string? cluster, IReadOnlyList<ClusterFilter> filters, PlaceOptions options)
    {
        var spec = new JsonObject { ["clusterSets"] = new JsonArray(clusterSet) };
        if (cluster is not null || filters.Count > 0)
        {
            spec["predicates"] = new JsonArray([.. Predicates(cluster, filters)]);
        }

        return Finish(spec, options);
    }

    /// <summary>A customer's own Placement, for one cluster.</summary>
    public static PlacementRule Of(JsonObject placement, PlaceOptions options)
    {
        var spec = (JsonObject)placement.DeepClone();
        if (spec["clusterSets"] is not JsonArray { Count: > 0 })
        {
            spec["clusterSets"] = new JsonArray(options.ClusterSet);
        }

        return Finish(spec, options);
    }

    private static PlacementRule Finish(JsonObject spec, PlaceOptions options)
    {
        spec["numberOfClusters"] = 1;
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            spec["tolerations"] = tolerations = [];
        }

        foreach (var taint in LostTaints.Where(taint => !Mentions(tolerations, taint)))
        {
            tolerations.Add(new JsonObject
            {
                ["key"] = taint,
                ["operator"] = "Exists",
                ["tolerationSeconds"] = (long)options.Patience.TotalSeconds,
            });
        }

        return new(spec, Digests.Short(spec));
    }

    private static bool Mentions(JsonArray tolerations, string key) =>
        tolerations.Any(toleration => toleration.Text("key") == key);

    /// <summary>
    /// Predicates are ORed, what stands inside one is ANDed. Each filter holds by any of three means, so every combination of means is a predicate:
    /// (a1 or a2 or a3) and (b1 or b2 or b3) written out.
    /// </summary>
    private static IEnumerable<JsonNode> Predicates(string? cluster, IReadOnlyList<ClusterFilter> filters)
    {
        if (filters.Count > MostFilters)
        {
            throw new PlacementException($"{filters.Count} filters hold for one workload, at most {MostFilters} are supported");
        }

        IEnumerable<IReadOnlyList<Requirement>> combinations = [[]];
        foreach (var filter in filters)
        {
            combinations = [.. combinations.SelectMany(_ => Means(filter), (before, means) => (IReadOnlyList<Requirement>)[.. before, means])];
        }

        return combinations.Select(combination => Predicate(cluster, combination));
    }

    private static Requirement[] Means(ClusterFilter filter) =>
    [
        new(false, filter.Key, filter.Value),
        new(true, ClusterFilter.Prefix + filter.Key, filter.Value),
        new(false, ClusterFilter.Prefix + filter.Key, filter.Value),
    ];

    private static JsonObject Predicate(string? cluster, IReadOnlyList<Requirement> requirements)
    {
        var selector = new JsonObject();
        foreach (var same in requirements.GroupBy(requirement => requirement.IsClaim))
        {
            selector[same.Key ? "claimSelector" : "labelSelector"] =
                new JsonObject { ["matchExpressions"] = new JsonArray([.. same.Select(requirement => requirement.ToJson())]) };
        }

        if (cluster is not null)
        {
            selector["celSelector"] = new JsonObject { ["celExpressions"] = new JsonArray(IsCluster(cluster)) };
        }

        return new() { ["requiredClusterSelector"] = selector };
    }

    private sealed record Requirement(bool IsClaim, string Key, string Value)
    {
        public JsonObject ToJson() => new JsonObject { ["key"] = Key, ["operator"] = "In", ["values"] = new JsonArray(Value) };
    }
}
