namespace NaaS.Benchmarks.Render;

/// <summary>A chart with the values that it is rendered with.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="ChartPath">Archive or folder.</param>
/// <param name="ValuesPath">Values file; null renders the chart's own values.</param>
/// <param name="Flags">Further flags of <c>helm template</c>.</param>
internal sealed record ChartCase(string Name, string ChartPath, string? ValuesPath, IReadOnlyList<string> Flags)
{
    /// <summary>Words after <c>helm</c>.</summary>
    public IEnumerable<string> CommandLine =>
        ["template", "rel", ChartPath, "-n", "demo", .. ValuesPath is null ? [] : new[] { "-f", ValuesPath }, .. Flags];
}
