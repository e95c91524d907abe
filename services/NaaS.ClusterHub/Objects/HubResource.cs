namespace NaaS.ClusterHub.Objects;

/// <summary>A kind of object on the hub and its REST path.</summary>
/// <param name="Group">API group, empty for core.</param>
/// <param name="Version">Served version.</param>
/// <param name="Plural">Plural, as in the path.</param>
/// <param name="Kind">Kind.</param>
public sealed record HubResource(string Group, string Version, string Plural, string Kind)
{
    /// <summary>ManagedCluster, cluster-scoped.</summary>
    public static HubResource ManagedClusters { get; } = new("cluster.open-cluster-management.io", "v1", "managedclusters", "ManagedCluster");

    /// <summary>ManagedClusterSetBinding.</summary>
    public static HubResource ManagedClusterSetBindings { get; } =
        new("cluster.open-cluster-management.io", "v1beta2", "managedclustersetbindings", "ManagedClusterSetBinding");

    /// <summary>Placement.</summary>
    public static HubResource Placements { get; } = new("cluster.open-cluster-management.io", "v1beta1", "placements", "Placement");

    /// <summary>PlacementDecision.</summary>
    public static HubResource PlacementDecisions { get; } = new("cluster.open-cluster-management.io", "v1beta1", "placementdecisions", "PlacementDecision");

    /// <summary>ManifestWork, in its cluster's namespace.</summary>
    public static HubResource ManifestWorks { get; } = new("work.open-cluster-management.io", "v1", "manifestworks", "ManifestWork");

    /// <summary>Namespace, cluster-scoped.</summary>
    public static HubResource Namespaces { get; } = new("", "v1", "namespaces", "Namespace");

    /// <summary><c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Path of the collection, over all namespaces where <paramref name="namespace"/> is null, or of one object.</summary>
    public string Path(string? @namespace, string? name = null)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var scope = @namespace is null ? "" : $"/namespaces/{@namespace}";
        return name is null ? $"{root}{scope}/{Plural}" : $"{root}{scope}/{Plural}/{name}";
    }
}
