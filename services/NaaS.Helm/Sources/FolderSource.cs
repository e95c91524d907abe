using NaaS.Helm.Charts;
using NaaS.Helm.Go;

namespace NaaS.Helm.Sources;

/// <summary>Charts from folders that the operator allows: a chart's folder, an archive, or a folder that holds several of them.</summary>
internal sealed class FolderSource(ChartSourceOptions options)
{
    private readonly List<string> roots = [.. options.FolderRoots.Select(r => Path.TrimEndingDirectorySeparator(Path.GetFullPath(r)))];

    /// <summary>A full path, refused where it lies outside the allowed folders.</summary>
    public string Allowed(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return RootOf(full) is not null
            ? full
            : throw new ChartNotAllowedException($"{path} is not inside a folder that charts may come from");
    }

    /// <summary>Reads the chart at a path: a folder's chart, or an archive's bytes.</summary>
    public (FetchedChart? Folder, byte[]? Archive) Read(string path)
    {
        var full = Allowed(path);
        if (Directory.Exists(full))
        {
            var (chart, digest) = ChartLoader.ReadFolder(full, options.Limits, RootOf(full));
            return (new FetchedChart(chart, chart.Version, digest), null);
        }

        var file = new FileInfo(full);
        if (!file.Exists)
        {
            throw new ChartNotFoundException($"path \"{path}\" not found", []);
        }

        var real = Allowed(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full);
        if (new FileInfo(real).Length > options.ArchiveBytes)
        {
            throw new ChartTooLargeException($"{path} is larger than {options.ArchiveBytes} bytes");
        }

        return (null, File.ReadAllBytes(real));
    }

    /// <summary>Charts of a name in a folder, newest first: the folder <c>name</c> and archives <c>name-version.tgz</c>.</summary>
    public IReadOnlyList<(string Version, string Path)> Find(string folder, string name)
    {
        var full = Allowed(folder);
        if (!Directory.Exists(full))
        {
            throw new ChartNotFoundException($"path \"{folder}\" not found", []);
        }

        RequireName(name);
        var found = new List<(string Version, string Path)>();
        var chartYaml = Path.Combine(full, name, "Chart.yaml");
        if (File.Exists(chartYaml))
        {
            var text = ChartArchive.FileOf("Chart.yaml", File.ReadAllBytes(Allowed(chartYaml)), new ChartBudget(options.Limits)).Data;
            found.Add((GoString.ToText(ChartYaml.Read(text, new ChartMetadata()).Version), Path.Combine(full, name)));
        }

        foreach (var archive in Directory.EnumerateFiles(full, name + "-*.tgz"))
        {
            var version = Path.GetFileNameWithoutExtension(archive)[(name.Length + 1)..];
            if (Versions.SemanticVersion.TryParse(version, out _))
            {
                found.Add((version, archive));
            }
        }

        return [.. VersionChoice.NewestFirst(found, f => f.Version)];
    }

    /// <summary>Names of the charts in a folder.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "Chart.yaml"))).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private static void RequireName(string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.Any(c => c is '/' or '\\' or '*' or '?'))
        {
            throw new ChartNotFoundException($"\"{name}\" is no chart name", []);
        }
    }

    private string? RootOf(string path) =>
        roots.Find(root => path == root || root == "/" || path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
