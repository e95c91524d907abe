namespace NaaS.ClusterHub.Clusters;

/// <summary>A cluster as the hub knows it (ManagedCluster, cluster.open-cluster-management.io/v1).</summary>
/// <param name="Name">Name, also of its namespace on the hub.</param>
/// <param name="Labels">Labels, the cluster set's among them.</param>
/// <param name="Claims">ClusterClaims by name.</param>
/// <param name="Taints">Taints.</param>
/// <param name="Available">Condition ManagedClusterConditionAvailable: true, false, or null for Unknown.</param>
public sealed record ManagedCluster(
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Claims,
    IReadOnlyList<ClusterTaint> Taints,
    bool? Available)
{
    /// <summary>Label that names a cluster's ManagedClusterSet.</summary>
    public const string ClusterSetLabel = "cluster.open-cluster-management.io/clusterset";
}

/// <summary>A taint of a ManagedCluster.</summary>
/// <param name="Key">Key.</param>
/// <param name="Value">Value, empty where none.</param>
/// <param name="Effect">NoSelect, NoSelectIfNew or PreferNoSelect.</param>
/// <param name="TimeAdded">When it was added.</param>
public sealed record ClusterTaint(string Key, string Value, string Effect, DateTimeOffset TimeAdded);
