using System.Text;
using NaaS.Helm;
using NaaS.Helm.Charts;
using NaaS.Helm.Sources;

namespace NaaS.Standalone.Template;

/// <summary>
/// <c>--dependency-update</c>: where a sub chart is missing, all are fetched anew, and Helm's lines about it are printed. Unlike Helm it leaves the
/// chart's folder as it is: neither charts/ nor Chart.lock is written.
/// </summary>
internal static class DependencyUpdate
{
    public static async Task<Chart> ApplyAsync(Chart chart, TemplateFlags flags, Stream output, CancellationToken cancellationToken)
    {
        if (!chart.LacksDependencies)
        {
            return chart;
        }

        var repositories = RepositoryFile.Read(flags);
        var wanted = chart.Declared.Select(one => (One: one, Repository: Resolve(one, repositories))).ToList();
        var unnamed = wanted.Select(one => one.Repository).Where(one => one.Name.Length == 0 && IsWeb(one.Url)).Select(one => one.Url).Distinct().ToList();
        if (unnamed.Count > 0)
        {
            Print(output, "Getting updates for unmanaged Helm repositories...");
            unnamed.ForEach(url => Print(output, $"...Successfully got an update from the \"{url}\" chart repository"));
        }

        var folder = Path.GetFullPath(flags.Arguments[^1].Trim());
        var charts = new List<Chart>();
        var lines = new List<string>();
        foreach (var (one, repository) in wanted)
        {
            charts.Add(await FetchAsync(one, repository, flags, folder, cancellationToken));
            if (!IsFolder(repository.Url))
            {
                lines.Add($"Downloading {one.Name} from repo {one.Repository}");
            }
        }

        Print(output, $"Saving {charts.Count} charts");
        lines.ForEach(line => Print(output, line));
        Print(output, "Deleting outdated charts");
        return chart.With(charts);
    }

    private static async Task<Chart> FetchAsync(
        DeclaredDependency wanted, NamedRepository repository, TemplateFlags flags, string folder, CancellationToken cancellationToken)
    {
        if (IsFolder(repository.Url))
        {
            var path = repository.Url.Length == 0 ? Path.Combine(folder, "charts", wanted.Name) : Path.GetFullPath(repository.Url["file://".Length..], folder);
            return Directory.Exists(path) ? ChartLoader.FromFolder(path) : throw new HelmException($"directory {path} not found");
        }

        using var fetcher = new ChartFetcher(ChartLocation.Options(flags, repository.Url, repository));
        try
        {
            return (await fetcher.FetchAsync(new ChartReference(repository.Url, wanted.Name, wanted.Version), cancellationToken)).Chart;
        }
        catch (ChartNotFoundException e)
        {
            throw new HelmException(
                $"can't get a valid version for 1 subchart(s): \"{wanted.Name}\" (repository \"{wanted.Repository}\", version \"{wanted.Version}\"). "
                + "Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml",
                e);
        }
    }

    // A repository may be named by what `helm repo add` called it: @name or alias:name.
    private static NamedRepository Resolve(DeclaredDependency wanted, IReadOnlyList<NamedRepository> known)
    {
        var name = wanted.Repository.StartsWith('@') ? wanted.Repository[1..]
            : wanted.Repository.StartsWith("alias:", StringComparison.Ordinal) ? wanted.Repository["alias:".Length..] : null;
        if (name is null)
        {
            return known.FirstOrDefault(entry => entry.Url.TrimEnd('/') == wanted.Repository.TrimEnd('/')) ?? new NamedRepository("", wanted.Repository, "", "");
        }

        return known.FirstOrDefault(entry => entry.Name == name)
            ?? throw new HelmException($"no repository definition for {wanted.Repository}. Please add them via 'helm repo add'");
    }

    private static bool IsWeb(string url) => url.StartsWith("http", StringComparison.Ordinal);

    private static bool IsFolder(string url) => url.Length == 0 || url.StartsWith("file://", StringComparison.Ordinal);

    private static void Print(Stream output, string line) => output.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
