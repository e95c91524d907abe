using NaaS.Helm.Charts;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Probes;

namespace NaaS.Helm.Tests.Corpus;

/// <summary>A public chart with values and what the real Helm printed of them.</summary>
/// <param name="Chart">Name of the chart.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Name of the case.</param>
/// <param name="Expected"><c>ok</c>, <c>error</c> or <c>random</c>.</param>
/// <param name="Flags">Further arguments.</param>
internal sealed record CorpusCase(string Chart, string Version, string Name, string Expected, string[] Flags)
{
    private static readonly Dictionary<string, Chart> Loaded = [];

    public string Id => $"{Chart}/{Name}";

    public static string Folder => Path.Combine(SharedFolder.Helm!, "corpus");

    public string OutputPath => Path.Combine(Folder, Chart, $"{Name}.helm4.yaml");

    public string ErrorPath => Path.Combine(Folder, Chart, $"{Name}.helm4.error.txt");

    private string ValuesPath => Path.Combine(Folder, Chart, $"{Name}{(Expected == "random" ? ".random-values.yaml" : ".values.yaml")}");

    public static IEnumerable<CorpusCase> All() =>
        from line in File.ReadLines(Path.Combine(Folder, "index.tsv")).Skip(1)
        let fields = line.Split('\t')
        select new CorpusCase(fields[0], fields[1], fields[5], fields[6], fields[11].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The chart, parsed once for all its cases.</summary>
    public Chart Load()
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(Chart, out var chart))
            {
                using var archive = File.OpenRead(Path.Combine(Folder, $"{Chart}-{Version}.tgz"));
                Loaded[Chart] = chart = ChartLoader.FromArchive(archive);
            }
            return chart;
        }
    }

    /// <summary>What the recorded output was made from.</summary>
    public ReleaseRequest Request() => TemplateCommand.Parse(
        new ReleaseRequest { Name = "rel", Namespace = "demo", Values = [File.ReadAllText(ValuesPath)], ValuesNames = [ValuesPath] },
        Flags,
        File.ReadAllText);
}
