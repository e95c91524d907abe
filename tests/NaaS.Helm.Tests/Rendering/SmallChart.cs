using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>Charts of a few lines, made in memory.</summary>
internal static class SmallChart
{
    private const string Yaml = "apiVersion: v2\nname: web\nversion: 0.1.0\n";

    /// <summary>A chart named web of these files, beside its Chart.yaml.</summary>
    public static Chart Of(params (string Path, string Text)[] files)
    {
        using var archive = new MemoryStream();
        using (var zip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (path, text) in files.Any(file => file.Path == "Chart.yaml") ? files : [("Chart.yaml", Yaml), .. files])
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "web/" + path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }
        archive.Position = 0;
        return ChartLoader.FromArchive(archive);
    }

    /// <summary>What a template renders to, before Helm cuts and trims it.</summary>
    public static string Render(string template, string values = "", RenderLimits? limits = null, params (string Path, string Text)[] files)
    {
        var chart = Of([("templates/a.yaml", template), .. files]);
        var request = Request(values) with { Limits = limits ?? new RenderLimits() };
        return Go.GoString.ToText(HelmRenderer.RenderTemplates(chart, request)["web/templates/a.yaml"]);
    }

    /// <summary>A request for the release rel in the namespace demo.</summary>
    public static ReleaseRequest Request(string values = "") => new() { Name = "rel", Namespace = "demo", Values = [values] };
}
