using NaaS.Helm.Charts;

namespace NaaS.Helm.Sources;

/// <summary>From where charts may come, and within which bounds.</summary>
public sealed record ChartSourceOptions
{
    /// <summary>
    /// Allowed repositories and registries, as prefixes: <c>https://charts.example.org/stable</c>, <c>oci://ghcr.io/org</c>,
    /// <c>https://*.example.org</c>; <c>*</c> allows all. A host named in full may have a private address, one that only a star
    /// allows must have a public one. <c>http://</c> entries allow plain HTTP to their host.
    /// </summary>
    public IReadOnlyList<string> AllowedLocations { get; init; } = ["*"];

    /// <summary>Whether every location on this machine is allowed, with plain HTTP too: for demonstrations, tests and the command line.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Folders under which chart folders, archives and repositories of files may lie; none by default.</summary>
    public IReadOnlyList<string> FolderRoots { get; init; } = [];

    /// <summary>Credentials for hosts that want some.</summary>
    public IReadOnlyList<ChartCredential> Credentials { get; init; } = [];

    /// <summary>Where fetched archives are kept under their digest; null keeps none on disk.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Most bytes kept in <see cref="CacheFolder"/>; the ones used longest ago go first.</summary>
    public long CacheBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Most parsed charts kept in memory.</summary>
    public int ParsedCharts { get; init; } = 32;

    /// <summary>Most bytes of memory that the parsed charts may take together, by estimate; the one used last is kept however large it is.</summary>
    public long ParsedBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Most bytes of a packed chart.</summary>
    public long ArchiveBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Most bytes of a repository's index.</summary>
    public long IndexBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a repository's index is believed before it is fetched again.</summary>
    public TimeSpan IndexLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one download.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Bounds on an unpacked chart.</summary>
    public ChartLimits Limits { get; init; } = new();
}
