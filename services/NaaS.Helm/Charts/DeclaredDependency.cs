namespace NaaS.Helm.Charts;

/// <summary>A sub chart that Chart.yaml asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Exact version or range.</param>
/// <param name="Repository">Where it comes from: <c>https://</c>, <c>oci://</c>, <c>file://</c> or <c>@name</c>; empty where it must lie under charts/.</param>
public sealed record DeclaredDependency(string Name, string Version, string Repository);
