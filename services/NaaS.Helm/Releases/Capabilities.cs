namespace NaaS.Helm.Releases;

/// <summary>What <c>.Capabilities</c> tells a chart of the cluster.</summary>
/// <param name="KubeVersion">Version such as <c>v1.35.0</c>.</param>
/// <param name="ApiVersions">Entries beyond the built-in ones, as with <c>--api-versions</c>.</param>
public sealed record Capabilities(string KubeVersion, IReadOnlyList<string> ApiVersions)
{
    /// <summary>What Helm 4.1.4 assumes without a cluster.</summary>
    public static Capabilities Default { get; } = new("v1.35.0", []);
}
