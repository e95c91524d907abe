using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Place;

/// <summary>
/// The <c>Cluster Metadata</c> characteristic, parsed: filters of a <c>P2CodeSchedulingManifest</c>, or OCM <c>Placement</c>s. Empty means any available cluster.
/// </summary>
/// <param name="ClusterSet"><c>p2code.target.managedClusterSet</c>; null means the configured set.</param>
/// <param name="Cluster"><c>p2code.target.cluster</c>; null lets OCM choose.</param>
/// <param name="Global">Filters that hold for every component, ANDed.</param>
/// <param name="Workloads">Further filters by workload name.</param>
/// <param name="Placements">Specs of plain OCM Placements by name, for whole releases or, where the name is a workload's, for that workload.</param>
public sealed record PlacementRules(
    string? ClusterSet,
    string? Cluster,
    IReadOnlyList<ClusterFilter> Global,
    IReadOnlyDictionary<string, IReadOnlyList<ClusterFilter>> Workloads,
    IReadOnlyDictionary<string, JsonObject> Placements)
{
    /// <summary>Any available cluster of the configured set.</summary>
    public static PlacementRules Any { get; } = new(null, null, [], new Dictionary<string, IReadOnlyList<ClusterFilter>>(), new Dictionary<string, JsonObject>());
}

/// <summary><c>p2code.filter.KEY=VALUE</c>: holds where the cluster has the claim <c>p2code.filter.KEY</c>, or the label <c>KEY</c> or <c>p2code.filter.KEY</c>, with that value.</summary>
/// <param name="Key">The key without <c>p2code.filter.</c>.</param>
/// <param name="Value">The value.</param>
public sealed record ClusterFilter(string Key, string Value)
{
    /// <summary>What the annotation starts with.</summary>
    public const string Prefix = "p2code.filter.";
}
