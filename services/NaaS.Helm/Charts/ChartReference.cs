namespace NaaS.Helm.Charts;

/// <summary>Where a chart is found, as an order or a command line names it.</summary>
/// <param name="Repository">Base URL for bare names: <c>https://...</c> with an index.yaml, <c>oci://...</c>, or a folder; null where <paramref name="Name"/> is a full location.</param>
/// <param name="Name">Bare chart name, <c>oci://host/path</c>, <c>https://</c> archive, or the path of a chart folder or <c>.tgz</c>.</param>
/// <param name="Version">Exact version or SemVer range; null or empty means the newest stable one.</param>
public sealed record ChartReference(string? Repository, string Name, string? Version);
