using NaaS.ClusterHub.Clusters;

namespace NaaS.Fulfilment.Tests.Place;

/// <summary>The sandbox's three clusters, and ways to spoil them.</summary>
internal static class Clusters
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static ManagedCluster C1 => Of("c1", ("kubernetes-distribution", "kubernetes"), ("location", "edge"));

    public static ManagedCluster C2 => Of("c2", ("kubernetes-distribution", "openshift"), ("location", "core"));

    public static ManagedCluster C3 => Of("c3", ("kubernetes-distribution", "kubernetes"), ("location", "cloud"));

    public static ManagedCluster Of(string name, params (string Key, string Value)[] labels) => new(
        name,
        labels.Append((ManagedCluster.ClusterSetLabel, "default")).ToDictionary(label => label.Item1, label => label.Item2),
        new Dictionary<string, string>(),
        [],
        true);

    public static ManagedCluster Claiming(this ManagedCluster cluster, string claim, string value) =>
        cluster with { Claims = new Dictionary<string, string>(cluster.Claims) { [claim] = value } };

    public static ManagedCluster Tainted(this ManagedCluster cluster, string key, string effect = "NoSelect", int secondsAgo = 0, string value = "") =>
        cluster with { Taints = [.. cluster.Taints, new(key, value, effect, Now.AddSeconds(-secondsAgo))] };
}
