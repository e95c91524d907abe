using System.Text.RegularExpressions;

namespace NaaS.Sandbox;

/// <summary>A simulated managed cluster.</summary>
/// <param name="Name">Name, also of its namespace on the hub: a DNS label.</param>
/// <param name="Labels">Labels of its ManagedCluster, the cluster set's apart.</param>
/// <param name="Claims">Its ClusterClaims.</param>
public sealed partial record SandboxCluster(string Name, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Claims)
{
    /// <summary>The ManagedClusterSet it belongs to.</summary>
    public string ClusterSet { get; init; } = "default";

    /// <summary>Refuses a name that cannot be a namespace on the hub.</summary>
    internal void Validate()
    {
        if (!DnsLabel().IsMatch(Name) || Name is "hub" or "default" || Name.StartsWith("kube-", StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{Name}' cannot name a cluster: lower-case letters, digits and '-', at most 63, and not a name of the hub's own");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    /// <summary>The three clusters of the demonstration: two Kubernetes (edge, cloud), one OpenShift (core).</summary>
    public static IReadOnlyList<SandboxCluster> Defaults { get; } =
        [Of("c1", "kubernetes", "edge"), Of("c2", "openshift", "core"), Of("c3", "kubernetes", "cloud")];

    /// <summary>A cluster with a distribution and a location, as labels and as claims <c>p2code.filter.*</c>.</summary>
    public static SandboxCluster Of(string name, string distribution, string location) => new(
        name,
        new Dictionary<string, string> { ["kubernetes-distribution"] = distribution, ["location"] = location },
        new Dictionary<string, string>
        {
            ["p2code.filter.kubernetes-distribution"] = distribution,
            ["p2code.filter.location"] = location,
        });
}
