using System.Text;

namespace NaaS.Standalone.Charts;

/// <summary>Serves the demo charts as a Helm repository (index.yaml and archives).</summary>
internal static class ChartRepository
{
    public static IEndpointRouteBuilder MapCharts(this IEndpointRouteBuilder routes)
    {
        var archives = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "charts"))
            .EnumerateDirectories()
            .Select(ChartArchive.Pack)
            .ToList();
        var charts = routes.MapGroup("/charts").ExcludeFromDescription();
        charts.MapGet("/index.yaml", () => Results.Text(Index(archives), "application/yaml"));
        charts.MapGet("/{file}", (string file) => archives.Find(archive => archive.FileName == file) is { } archive
            ? Results.Bytes(archive.Content, "application/gzip")
            : Results.NotFound());
        return routes;
    }

    private static string Index(IEnumerable<ChartArchive> archives)
    {
        var index = new StringBuilder("apiVersion: v1\nentries:\n");
        foreach (var chart in archives.GroupBy(archive => archive.Name))
        {
            index.Append($"  {chart.Key}:\n");
            foreach (var archive in chart)
            {
                index.Append($"  - apiVersion: v2\n    name: {archive.Name}\n    version: {archive.Version}\n    digest: {archive.Digest}\n    urls:\n    - {archive.FileName}\n");
            }
        }

        return index.ToString();
    }
}
