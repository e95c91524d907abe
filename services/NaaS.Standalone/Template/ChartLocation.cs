using NaaS.Helm;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;

namespace NaaS.Standalone.Template;

/// <summary>Finds the chart that a command line names, by Helm's rules: what exists as a path is taken as a path, whatever its version.</summary>
internal static class ChartLocation
{
    private const string PasswordVariable = "NAAS_TEMPLATE_PASSWORD";

    private static ReadOnlySpan<byte> GzipStart => [0x1f, 0x8b, 0x08];

    /// <param name="flags">The command line.</param>
    /// <param name="error">Is told what was pulled from a registry.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    public static async Task<Chart> LoadAsync(TemplateFlags flags, TextWriter error, CancellationToken cancellationToken)
    {
        var name = flags.Arguments[^1].Trim();
        if (!flags.Repo.IsGiven)
        {
            if (Directory.Exists(name))
            {
                return FromFolder(name);
            }

            if (File.Exists(name))
            {
                return FromArchive(name);
            }

            if (Path.IsPathFullyQualified(name) || name.StartsWith('.'))
            {
                throw new HelmException($"path \"{name}\" not found");
            }

            if (!name.Contains("://", StringComparison.Ordinal))
            {
                return await FromNamedRepositoryAsync(flags, name, cancellationToken);
            }
        }

        using var fetcher = new ChartFetcher(Options(flags, flags.Repo.IsGiven ? flags.Repo.Value : name));
        var fetched = await fetcher.FetchAsync(new ChartReference(flags.Repo.IsGiven ? flags.Repo.Value : null, name, Version(flags)), cancellationToken);
        if (fetched.Pulled is { } pulled)
        {
            await error.WriteAsync($"Pulled: {pulled.Reference}\nDigest: {pulled.Digest}\n");
        }

        return fetched.Chart;
    }

    /// <summary>Refuses what Helm takes for no repository: a registry, which has no index, and all schemes that it does not know.</summary>
    public static void RequireRepository(string url)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon > 0 && url[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? url[..colon].ToLowerInvariant() : "";
        switch (scheme)
        {
            case "http" or "https":
                return;
            case "oci":
                throw new HelmException(
                    $"looks like \"{url}\" is not a valid chart repository or cannot be reached: failed to perform \"FetchReference\" on source: invalid reference");
            default:
                throw new HelmException($"could not find protocol handler for: {scheme}");
        }
    }

    // Helm looks into the index that `helm repo update` left; we ask the repository.
    private static async Task<Chart> FromNamedRepositoryAsync(TemplateFlags flags, string name, CancellationToken cancellationToken)
    {
        var parts = name.Split('/', 2);
        if (parts.Length < 2)
        {
            throw new HelmException($"non-absolute URLs should be in form of repo_name/path_to_chart, got: {name}");
        }

        var repository = RepositoryFile.Read(flags).FirstOrDefault(entry => entry.Name == parts[0]) ?? throw new HelmException($"repo {parts[0]} not found");
        using var fetcher = new ChartFetcher(Options(flags, repository.Url, repository));
        return (await fetcher.FetchAsync(new ChartReference(repository.Url, parts[1], Version(flags)), cancellationToken)).Chart;
    }

    private static string Version(TemplateFlags flags) =>
        flags.Version.Value.Trim() is { Length: > 0 } version ? version : flags.Devel.IsOn ? ">0.0.0-0" : "";

    private static Chart FromFolder(string folder)
    {
        var metadata = Path.GetFullPath(Path.Combine(folder, "Chart.yaml"));
        return File.Exists(metadata)
            ? ChartLoader.FromFolder(folder)
            : throw new HelmException($"unable to detect chart at {metadata}: open {metadata}: no such file or directory");
    }

    private static Chart FromArchive(string path)
    {
        using var archive = File.OpenRead(path);
        Span<byte> start = stackalloc byte[GzipStart.Length];
        if (archive.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(GzipStart))
        {
            var full = Path.GetFullPath(path);
            throw new HelmException(Path.GetExtension(path) is ".yaml" or ".yml"
                ? $"file '{full}' seems to be a YAML file, but expected a gzipped archive"
                : $"file '{full}' does not appear to be a gzipped archive; got 'application/octet-stream'");
        }

        archive.Position = 0;
        return ChartLoader.FromArchive(archive);
    }

    // Who types a location on their own machine may reach it, also where it is private or speaks plain HTTP.
    public static ChartSourceOptions Options(TemplateFlags flags, string location, NamedRepository? repository = null)
    {
        var options = new ChartSourceOptions { AllowLoopback = true, AllowedLocations = ["*"], FolderRoots = ["/"] };
        if (!Uri.TryCreate(location, UriKind.Absolute, out var url) || url.Authority.Length == 0)
        {
            return options;
        }

        var scheme = flags.PlainHttp.IsOn ? "http" : url.Scheme;
        options = options with { AllowedLocations = ["*", $"{url.Scheme}://{url.Authority}", $"{scheme}://{url.Authority}"] };
        var isTyped = flags.Username.IsGiven || flags.Password.IsGiven;
        var (username, password) = isTyped ? (flags.Username.Value, flags.Password.Value) : (repository?.Username ?? "", repository?.Password ?? "");
        if (username.Length == 0 && password.Length == 0)
        {
            return options;
        }

        Environment.SetEnvironmentVariable(PasswordVariable, password);
        return options with { Credentials = [new ChartCredential(url.Authority, username, "env:" + PasswordVariable)] };
    }
}
