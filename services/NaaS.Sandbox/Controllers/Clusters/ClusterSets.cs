using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>Which ManagedClusters a ManagedClusterSet holds.</summary>
internal static class ClusterSets
{
    /// <summary>The label that names a cluster's set.</summary>
    public const string Label = "cluster.open-cluster-management.io/clusterset";

    /// <param name="set">The ManagedClusterSet.</param>
    /// <param name="labels">Labels of a ManagedCluster.</param>
    public static bool Contains(JsonObject set, IReadOnlyDictionary<string, string> labels) =>
        set.Str("spec", "clusterSelector", "selectorType") == "LabelSelector"
            ? LabelSelector.From(set.Obj("spec", "clusterSelector", "labelSelector"))?.Matches(labels) == true
            : labels.TryGetValue(Label, out var name) && name == set.Name();
}
