using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NaaS.Helm.Charts;

namespace NaaS.Helm.Tests.Charts;

/// <summary>Small charts made in memory.</summary>
internal static class TestCharts
{
    public const string Yaml = "apiVersion: v2\nname: web\nversion: 0.1.0\n";

    /// <summary>Reads a chart from files given as path, text, path, text ...; Chart.yaml is <see cref="Yaml"/> unless given.</summary>
    public static Chart Read(params string[] files)
    {
        using var archive = new MemoryStream(Pack(files));
        return ChartLoader.FromArchive(archive);
    }

    /// <summary>Packs files as a chart named web.</summary>
    public static byte[] Pack(params string[] files)
    {
        var pairs = files.Chunk(2).Select(pair => (Name: "web/" + pair[0], Text: pair[1])).ToList();
        if (!pairs.Exists(p => p.Name == "web/Chart.yaml"))
        {
            pairs.Add(("web/Chart.yaml", Yaml));
        }

        return Pack(pairs.Select(p => new UstarTarEntry(TarEntryType.RegularFile, p.Name) { ModificationTime = DateTimeOffset.UnixEpoch, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(p.Text)) }));
    }

    /// <summary>Packs a chart with this name and version.</summary>
    public static byte[] PackVersion(string name, string version) => Pack("Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: {version}\n");

    /// <summary>Packs tar entries as they are.</summary>
    public static byte[] Pack(IEnumerable<TarEntry> entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
        using (var tar = new TarWriter(zip))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }
}
