using System.Formats.Tar;
using System.IO.Compression;
using NaaS.Helm.Go;
using NaaS.Helm.Rendering;

namespace NaaS.Helm.Charts;

/// <summary>Packs a chart that was read, so that another program can load it: sub charts lie unpacked under numbers instead of names.</summary>
internal static class ChartPacking
{
    /// <summary>Writes the chart as a <c>.tgz</c>.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="more">Further files of the top chart, which beat those of the same name.</param>
    /// <param name="to">Takes the archive.</param>
    public static void Write(Chart chart, IReadOnlyList<RenderFile> more, Stream to)
    {
        using var zip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        using var tar = new TarWriter(zip, TarEntryFormat.Pax);
        foreach (var file in Files(chart, "chart/").Concat(more.Select(file => file with { Name = "chart/" + file.Name })))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, GoString.ToText(file.Name)) { DataStream = new MemoryStream(file.ToBytes()) });
        }
    }

    private static IEnumerable<RenderFile> Files(Chart chart, string folder) => chart.OwnFiles.Concat(chart.Templates).Concat(chart.Files)
        .Select(file => file with { Name = folder + file.Name })
        .Concat(chart.Dependencies.SelectMany((dependency, number) => Files(dependency, $"{folder}charts/{number}/")));
}
