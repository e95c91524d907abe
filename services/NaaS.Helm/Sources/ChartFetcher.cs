using System.Collections.Concurrent;
using NaaS.Helm.Charts;

namespace NaaS.Helm.Sources;

/// <summary>
/// Fetches charts from folders, archives, repositories and registries, with Helm's rules for versions. Archives are kept on disk and
/// parsed charts in memory, both by digest. Safe for use by many threads.
/// </summary>
public sealed class ChartFetcher : IDisposable
{
    private readonly ChartSourceOptions options;
    private readonly TimeProvider time;
    private readonly LocationPolicy policy;
    private readonly Downloads downloads;
    private readonly RegistryClient registries;
    private readonly FolderSource folders;
    private readonly ArchiveCache archives;
    private readonly ParsedCharts parsed;
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, RepositoryIndex Index)> indexes = new(StringComparer.Ordinal);

    /// <summary>Creates a fetcher within the operator's bounds.</summary>
    public ChartFetcher(ChartSourceOptions options, TimeProvider? time = null)
    {
        this.options = options;
        this.time = time ?? TimeProvider.System;
        policy = new LocationPolicy(options);
        downloads = new Downloads(options, policy);
        registries = new RegistryClient(options, policy, downloads);
        folders = new FolderSource(options);
        archives = new ArchiveCache(options.CacheFolder, options.CacheBytes);
        parsed = new ParsedCharts(options.ParsedCharts, options.ParsedBytes);
    }

    /// <summary>The chart that a reference names, with the exact version and digest.</summary>
    /// <exception cref="ChartSourceException">It is not there, not allowed, or cannot be reached; the subclass says which.</exception>
    /// <exception cref="ChartException">It is damaged, too large or no chart.</exception>
    public async Task<FetchedChart> FetchAsync(ChartReference reference, CancellationToken ct)
    {
        switch (Kind(reference))
        {
            case SourceKind.Registry:
                return await FromRegistryAsync(reference, ct);
            case SourceKind.Archive:
                var url = WebUrl(reference.Name);
                policy.Require(url);
                return await FromArchiveAsync(await downloads.GetAsync(url, options.ArchiveBytes, ct), null, ct);
            case SourceKind.Repository:
                return await FromRepositoryAsync(reference, ct);
            case SourceKind.FolderOfCharts:
                var charts = folders.Find(FolderPath(reference.Repository!), reference.Name);
                var chosen = VersionChoice.Choose(charts.Select(c => new Located(c.Version, c.Path)), reference.Version, c => c.Version)
                    ?? throw NotInFolder(reference, charts);
                return await FromFolderAsync(chosen.Path, ct);
            default:
                var fetched = await FromFolderAsync(FolderPath(reference.Name), ct);
                return VersionChoice.Choose([fetched], reference.Version, f => f.Version)
                    ?? throw VersionChoice.NotFound(fetched.Chart.Name, reference.Name, reference.Version, [fetched.Version]);
        }
    }

    /// <summary>Versions that exist, newest first; where the reference names a range, only those inside it.</summary>
    /// <exception cref="ChartSourceException">The chart is not there, not allowed, or cannot be reached.</exception>
    public async Task<IReadOnlyList<string>> ListVersionsAsync(ChartReference reference, CancellationToken ct)
    {
        var versions = Kind(reference) switch
        {
            SourceKind.Registry => await registries.VersionsAsync(Registry(reference), ct),
            SourceKind.Repository => [.. (await IndexedAsync(reference, ct)).Versions.Select(c => c.Version)],
            SourceKind.FolderOfCharts => [.. folders.Find(FolderPath(reference.Repository!), reference.Name).Select(c => c.Version)],
            _ => [(await FetchAsync(reference with { Version = null }, ct)).Version],
        };
        if (string.IsNullOrEmpty(reference.Version))
        {
            return versions;
        }

        var range = VersionChoice.Range(reference.Version);
        return [.. versions.Where(v => v == reference.Version || (Versions.SemanticVersion.TryParse(v, out var version) && range.Accepts(version)))];
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => downloads.Dispose();

    private enum SourceKind
    {
        Path,
        FolderOfCharts,
        Archive,
        Repository,
        Registry,
    }

    private static SourceKind Kind(ChartReference reference)
    {
        if (RegistryReference.IsOne(reference.Name))
        {
            return SourceKind.Registry;
        }

        if (IsWeb(reference.Name))
        {
            return SourceKind.Archive;
        }

        if (string.IsNullOrEmpty(reference.Repository))
        {
            return SourceKind.Path;
        }

        if (RegistryReference.IsOne(reference.Repository))
        {
            return SourceKind.Registry;
        }

        return IsWeb(reference.Repository) ? SourceKind.Repository : SourceKind.FolderOfCharts;
    }

    private static bool IsWeb(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static Uri WebUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : throw new HelmException($"\"{text}\" is no URL");

    private static string FolderPath(string path) => path.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(path).LocalPath : path;

    private static RegistryReference Registry(ChartReference reference) =>
        RegistryReference.Parse(RegistryReference.IsOne(reference.Name) ? reference.Name : reference.Repository!.TrimEnd('/') + "/" + reference.Name);

    private static ChartNotFoundException NotInFolder(ChartReference reference, IReadOnlyList<(string Version, string Path)> charts)
    {
        var folder = FolderPath(reference.Repository!);
        return charts.Count > 0
            ? VersionChoice.NotFound(reference.Name, folder, reference.Version, charts.Select(c => c.Version))
            : NoSuchChart(reference.Name, folder, FolderSource.Names(folder));
    }

    private static ChartNotFoundException NoSuchChart(string name, string location, IEnumerable<string> names)
    {
        var known = names.Order(StringComparer.Ordinal).ToList();
        var exist = known.Count == 0 ? "it is empty" : "it has " + string.Join(", ", known.Take(10)) + (known.Count > 10 ? $" and {known.Count - 10} more" : "");
        return new ChartNotFoundException($"chart \"{name}\" not found in {location}; {exist}", known);
    }

    private async Task<FetchedChart> FromFolderAsync(string path, CancellationToken ct)
    {
        var (folder, archive) = folders.Read(path);
        return folder ?? await FromArchiveAsync(archive!, null, ct);
    }

    private async Task<FetchedChart> FromRegistryAsync(ChartReference reference, CancellationToken ct)
    {
        var registry = Registry(reference);
        var layer = await registries.ResolveAsync(registry, reference.Version, ct);
        var digest = layer.Digest["sha256:".Length..];
        var fetched = await KnownAsync(digest, ct) ?? await FromArchiveAsync(await registries.LayerAsync(registry, layer, ct), digest, ct);
        return fetched with { Pulled = layer.Pulled };
    }

    private async Task<FetchedChart> FromRepositoryAsync(ChartReference reference, CancellationToken ct)
    {
        var (name, versions) = await IndexedAsync(reference, ct);
        var repository = RepositoryUrl(reference);
        var chosen = VersionChoice.Choose(versions, reference.Version, c => c.Version)
            ?? throw VersionChoice.NotFound(name, Downloads.Shown(repository), reference.Version, versions.Select(c => c.Version));
        if (chosen.Digest is not null && await KnownAsync(chosen.Digest, ct) is { } known)
        {
            return known;
        }

        if (chosen.Url is null)
        {
            throw new ChartCorruptException($"chart \"{name}\" {chosen.Version} has no downloadable URLs");
        }

        if (RegistryReference.IsOne(chosen.Url))
        {
            return await FromRegistryAsync(new ChartReference(null, chosen.Url, chosen.Url.Contains('@') || chosen.Url.LastIndexOf(':') > chosen.Url.LastIndexOf('/') ? null : chosen.Version), ct);
        }

        var url = ArchiveUrl(repository, chosen.Url);
        policy.Require(url, anyPath: url.Authority == repository.Authority);
        return await FromArchiveAsync(await downloads.GetAsync(url, options.ArchiveBytes, ct), chosen.Digest, ct);
    }

    /// <summary>A chart's versions in the repository's index; <c>repo/name</c> is looked up as <c>name</c> where it is not there in full.</summary>
    private async Task<(string Name, IReadOnlyList<IndexedChart> Versions)> IndexedAsync(ChartReference reference, CancellationToken ct)
    {
        var index = await IndexAsync(RepositoryUrl(reference), ct);
        var bare = reference.Name[(reference.Name.LastIndexOf('/') + 1)..];
        foreach (var name in new[] { reference.Name, bare })
        {
            if (index.Find(name) is { } versions)
            {
                return (name, versions);
            }
        }

        throw NoSuchChart(reference.Name, Downloads.Shown(RepositoryUrl(reference)), index.Names);
    }

    /// <summary>The repository's URL with one final slash, so that relative URLs go below it.</summary>
    private static Uri RepositoryUrl(ChartReference reference)
    {
        var url = new UriBuilder(WebUrl(reference.Repository!));
        url.Path = url.Path.TrimEnd('/') + "/";
        return url.Uri;
    }

    private static Uri ArchiveUrl(Uri repository, string relative)
    {
        if (IsWeb(relative))
        {
            return WebUrl(relative);
        }

        // A repository's query may hold a signature; Helm keeps it for its charts.
        var url = new UriBuilder(new Uri(repository, relative));
        url.Query = url.Query.Length > 0 ? url.Query : repository.Query;
        return url.Uri;
    }

    private async Task<RepositoryIndex> IndexAsync(Uri repository, CancellationToken ct)
    {
        var key = repository.AbsoluteUri;
        policy.Require(repository);
        if (indexes.TryGetValue(key, out var kept) && kept.Until > time.GetUtcNow())
        {
            return kept.Index;
        }

        var url = ArchiveUrl(repository, "index.yaml");
        var index = RepositoryIndex.Parse(await downloads.GetAsync(url, options.IndexBytes, ct), Downloads.Shown(url));
        foreach (var (old, _) in indexes.Where(i => i.Value.Until <= time.GetUtcNow()))
        {
            indexes.TryRemove(old, out _);
        }

        indexes[key] = (time.GetUtcNow() + options.IndexLifetime, index);
        return index;
    }

    private async Task<FetchedChart?> KnownAsync(string digest, CancellationToken ct)
    {
        var chart = parsed.Find(digest);
        if (chart is null)
        {
            var archive = await archives.FindAsync(digest, ct);
            chart = archive is null ? null : parsed.Keep(digest, Parse(archive));
        }

        return chart is null ? null : new FetchedChart(chart, chart.Version, "sha256:" + digest);
    }

    private async Task<FetchedChart> FromArchiveAsync(byte[] archive, string? wantedDigest, CancellationToken ct)
    {
        var digest = ArchiveCache.DigestOf(archive);
        if (wantedDigest is not null && wantedDigest != digest)
        {
            throw new ChartCorruptException($"the archive has digest sha256:{digest}, sha256:{wantedDigest} was announced");
        }

        var chart = parsed.Find(digest) ?? parsed.Keep(digest, Parse(archive));
        await archives.KeepAsync(digest, archive, ct);
        return new FetchedChart(chart, chart.Version, "sha256:" + digest);
    }

    private Chart Parse(byte[] archive)
    {
        using var stream = new MemoryStream(archive, writable: false);
        return ChartLoader.FromArchive(stream, options.Limits);
    }

    private sealed record Located(string Version, string Path);
}
