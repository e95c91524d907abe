namespace NaaS.Helm.Charts;

/// <summary>A chart with the exact version that a reference resolved to.</summary>
/// <param name="Chart">The parsed chart.</param>
/// <param name="Version">Version from Chart.yaml.</param>
/// <param name="Digest"><c>sha256:...</c> of the archive as fetched.</param>
public sealed record FetchedChart(Chart Chart, string Version, string Digest)
{
    /// <summary>What it was pulled from, where it came from a registry.</summary>
    public PulledManifest? Pulled { get; init; }
}

/// <summary>A chart's manifest in a registry.</summary>
/// <param name="Reference"><c>host/path/name:tag</c>.</param>
/// <param name="Digest"><c>sha256:...</c> of the manifest.</param>
public sealed record PulledManifest(string Reference, string Digest);
