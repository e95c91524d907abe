using System.Runtime;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Benchmarks.Render;

/// <summary>Our renderer, from the archive on disk to the bytes that <c>helm template</c> prints.</summary>
internal static class OwnRenderer
{
    private const int MostWarmUps = 40;
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(20);

    /// <summary>Renders every chart until nothing is compiled any more, so that what is measured later is the code and not its compilation.</summary>
    public static void WarmUp(IReadOnlyList<ChartCase> cases)
    {
        var compiled = TimeSpan.MaxValue;
        for (var i = 0; i < MostWarmUps && compiled > Settled; i++)
        {
            var before = JitInfo.GetCompilationTime();
            foreach (var one in cases)
            {
                Render(Load(one), one);
            }

            compiled = JitInfo.GetCompilationTime() - before;
        }
    }

    /// <summary>Unpacks, parses and renders a chart that was never seen: nothing is kept from one run to the next.</summary>
    public static TimeSpan MeasureFirst(ChartCase one, int runs) => Median.Of(runs, () => Render(Load(one), one));

    /// <summary>Renders a chart that is known.</summary>
    public static TimeSpan MeasureRepeated(ChartCase one, int runs)
    {
        var chart = Load(one);
        Render(chart, one);
        return Median.Of(runs, () => Render(chart, one));
    }

    public static bool IsSame(ChartCase one, byte[] output) => Render(Load(one), one).AsSpan().SequenceEqual(output);

    private static Chart Load(ChartCase one)
    {
        if (Directory.Exists(one.ChartPath))
        {
            return ChartLoader.FromFolder(one.ChartPath);
        }

        using var archive = File.OpenRead(one.ChartPath);
        return ChartLoader.FromArchive(archive);
    }

    private static byte[] Render(Chart chart, ChartCase one)
    {
        var request = new ReleaseRequest
        {
            Name = "rel",
            Namespace = "demo",
            Values = one.ValuesPath is null ? [] : [File.ReadAllText(one.ValuesPath)],
            SkipSchemaValidation = one.Flags.Contains("--skip-schema-validation"),
            SkipTests = one.Flags.Contains("--skip-tests"),
        };
        return HelmRenderer.Render(chart, request).ToBytes();
    }
}
