namespace NaaS.Benchmarks.Render;

/// <summary>The charts that are measured.</summary>
/// <param name="Description">Where they come from.</param>
/// <param name="Cases">One case for each chart.</param>
internal sealed record ChartCorpus(string Description, IReadOnlyList<ChartCase> Cases)
{
    private const string Index = "index.tsv";

    public static ChartCorpus Find(DirectoryInfo? given)
    {
        if (given is not null)
        {
            return Read(given.FullName);
        }

        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var shared = Path.Combine(folder.FullName, "shared", "helm", "corpus");
                if (File.Exists(Path.Combine(shared, Index)))
                {
                    return Read(shared);
                }
            }
        }

        var own = FindOwnCharts();
        return Read(own) with { Description = $"The corpus of public charts (../shared/helm/corpus) is not here; --corpus names another. Instead: {own}." };
    }

    private static ChartCorpus Read(string folder)
    {
        var index = Path.Combine(folder, Index);
        var cases = File.Exists(index) ? FromIndex(folder, index) : FromFolder(folder);
        return cases.Count > 0
            ? new ChartCorpus($"{cases.Count} charts of {folder}.", cases)
            : throw new DirectoryNotFoundException($"no charts in {folder}");
    }

    // Of each chart the first case that renders; the columns are described beside the index.
    private static List<ChartCase> FromIndex(string folder, string index) =>
    [
        .. File.ReadLines(index).Skip(1).Select(line => line.Split('\t'))
            .Where(fields => fields[6] == "ok")
            .DistinctBy(fields => fields[0])
            .Select(fields => new ChartCase(
                fields[0],
                Path.Combine(folder, $"{fields[0]}-{fields[1]}.tgz"),
                Path.Combine(folder, fields[0], fields[5] + ".values.yaml"),
                fields[11].Split(' ', StringSplitOptions.RemoveEmptyEntries))),
    ];

    private static List<ChartCase> FromFolder(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder)
            .Where(path => path.EndsWith(".tgz", StringComparison.Ordinal) || File.Exists(Path.Combine(path, "Chart.yaml")))
            .Order(StringComparer.Ordinal)
            .Select(path => new ChartCase(Path.GetFileNameWithoutExtension(path), path, null, [])),
    ];

    private static string FindOwnCharts()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var charts = Path.Combine(folder.FullName, "deploy", "charts");
            if (Directory.Exists(charts))
            {
                return charts;
            }
        }

        throw new DirectoryNotFoundException("neither ../shared/helm/corpus nor deploy/charts is here; --corpus names a folder of charts");
    }
}
