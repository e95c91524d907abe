namespace NaaS.Helm.Charts;

/// <summary>Bounds on one chart while it is unpacked; the defaults are Helm's, except for the number of files.</summary>
public sealed record ChartLimits
{
    /// <summary>Most bytes over all files, tar headers included; archives of sub charts count packed and unpacked.</summary>
    public long UnpackedBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>Most bytes of one file.</summary>
    public long FileBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most files.</summary>
    public int Files { get; init; } = 20_000;

    /// <summary>Deepest nesting of sub charts.</summary>
    public int Depth { get; init; } = 16;
}
