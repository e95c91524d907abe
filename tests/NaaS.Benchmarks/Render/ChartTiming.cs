namespace NaaS.Benchmarks.Render;

/// <summary>Times of one chart.</summary>
/// <param name="Name">The chart.</param>
/// <param name="Helm">The real process; null where there is none.</param>
/// <param name="First">Our first render, unpacking included.</param>
/// <param name="Repeated">Our render of a known chart.</param>
/// <param name="IsSame">Whether the bytes are the real ones.</param>
internal sealed record ChartTiming(string Name, TimeSpan? Helm, TimeSpan First, TimeSpan Repeated, bool IsSame)
{
    public double? FirstRatio => Helm / First;

    public double? RepeatedRatio => Helm / Repeated;
}
