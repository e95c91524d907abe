using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Versions;
using NaaS.Helm.Yaml;

namespace NaaS.Helm.Sources;

/// <summary>One packed chart that a repository offers.</summary>
/// <param name="Version">Version from its Chart.yaml.</param>
/// <param name="Url">Where the archive is, relative to the repository or absolute; null where the index gives none.</param>
/// <param name="Digest">SHA-256 in hexadecimal; null where the index gives none.</param>
internal sealed record IndexedChart(string Version, string? Url, string? Digest);

/// <summary>A repository's index.yaml, charts' versions newest first, as Helm's pkg/repo reads it.</summary>
internal sealed class RepositoryIndex
{
    private readonly Dictionary<string, IReadOnlyList<IndexedChart>> charts;

    private RepositoryIndex(Dictionary<string, IReadOnlyList<IndexedChart>> charts) => this.charts = charts;

    /// <summary>Names of the charts.</summary>
    public IEnumerable<string> Names => charts.Keys;

    /// <summary>Reads index.yaml or its JSON form.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="location">How messages call it.</param>
    /// <exception cref="ChartCorruptException">It is no index.</exception>
    public static RepositoryIndex Parse(ReadOnlySpan<byte> bytes, string location)
    {
        var map = ReadMap(GoString.FromBytes(bytes), location);
        if (map.GetValueOrDefault("apiVersion") is not string { Length: > 0 })
        {
            throw new ChartCorruptException($"{location} is no repository index: no API version specified");
        }

        var charts = new Dictionary<string, IReadOnlyList<IndexedChart>>(StringComparer.Ordinal);
        foreach (var (name, versions) in map.GetValueOrDefault("entries") as GoMap ?? [])
        {
            var read = (versions as GoList ?? []).OfType<GoMap>().Select(Read).OfType<IndexedChart>();
            charts[GoString.ToText(name)] = [.. VersionChoice.NewestFirst(read, c => c.Version)];
        }

        return new RepositoryIndex(charts);
    }

    /// <summary>All versions of a chart, newest first; null where the index does not know it.</summary>
    public IReadOnlyList<IndexedChart>? Find(string name) => charts.GetValueOrDefault(name);

    private static GoMap ReadMap(string text, string location)
    {
        try
        {
            // Helm takes the index as JSON where it is JSON, which is much faster for large ones.
            return text.AsSpan().TrimStart().StartsWith("{") && TryJson(text) is { } json
                ? json
                : YamlReader.Read(text, strict: true) as GoMap ?? throw new ChartCorruptException($"{location} is no repository index: it is empty");
        }
        catch (YamlException e)
        {
            throw new ChartCorruptException($"{location} is no repository index: {e.Message}", e);
        }
    }

    private static GoMap? TryJson(string text)
    {
        try
        {
            return JsonReader.Read(text) as GoMap;
        }
        catch (JsonException)
        {
            // A flow mapping of YAML begins like JSON.
            return null;
        }
    }

    private static IndexedChart? Read(GoMap entry)
    {
        var version = entry.GetValueOrDefault("version") switch
        {
            string text => GoString.ToText(text),
            double number => GoNumber.General(number),
            _ => "",
        };
        var url = (entry.GetValueOrDefault("urls") as GoList)?.OfType<string>().FirstOrDefault();
        var digest = entry.GetValueOrDefault("digest") as string;
        return SemanticVersion.TryParse(version, out _)
            ? new IndexedChart(version, url is null ? null : GoString.ToText(url), Sha256(digest))
            : null;
    }

    private static string? Sha256(string? digest)
    {
        var hex = digest?.Replace("sha256:", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant();
        return hex is { Length: 64 } && hex.All(char.IsAsciiHexDigit) ? hex : null;
    }
}
