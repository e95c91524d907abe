using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>Makes damaged chart archives: wrong contents, paths, links and sizes, broken tar headers, broken gzip.</summary>
internal static class ArchiveMutation
{
    private static readonly string[] Names =
    [
        "c/Chart.yaml", "c/values.yaml", "c/templates/a.yaml", "c/charts/s/Chart.yaml", "c/charts/s.tgz", "c/values.schema.json", "c/requirements.yaml",
        "Chart.yaml", "/etc/passwd", "c/../../x", "c/./x", "c//x", "C:/x", "c\\x", "c/", "", "c/crds/a.yaml", "c/charts/_x/y", "c/.helmignore", "\u00e9/Chart.yaml",
    ];

    // The first ones are those that a chart has.
    private const int GoodNames = 7;

    private static readonly TarEntryType[] Types =
    [
        TarEntryType.RegularFile, TarEntryType.Directory, TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.Fifo, TarEntryType.CharacterDevice,
    ];

    public static byte[] Of(Random random) => Of(random, depth: 0);

    private static byte[] Of(Random random, int depth)
    {
        var tar = new List<byte>(Tar(random, depth));
        if (random.Next(4) == 0)
        {
            TextMutation.Damage(random, tar);
        }

        var packed = Zip([.. tar]);
        if (random.Next(4) == 0)
        {
            var bytes = new List<byte>(packed);
            TextMutation.Damage(random, bytes);
            return [.. bytes];
        }

        return packed;
    }

    private static byte[] Tar(Random random, int depth)
    {
        using var to = new MemoryStream();
        using (var tar = new TarWriter(to, (TarEntryFormat)random.Next(1, 5), leaveOpen: true))
        {
            for (var i = random.Next(1, 7); i > 0; i--)
            {
                var name = i == 1 && random.Next(5) > 0 ? Names[0] : Names[random.Next(random.Next(3) == 0 ? Names.Length : GoodNames)];
                Write(tar, name, random, depth);
            }
        }

        return to.ToArray();
    }

    // The writer refuses what the format cannot hold; then there is an entry less.
    private static void Write(TarWriter tar, string name, Random random, int depth)
    {
        try
        {
            var entry = Entry(tar.Format, random.Next(4) == 0 ? Types[random.Next(Types.Length)] : TarEntryType.RegularFile, name);
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = Names[random.Next(1, 8)];
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                entry.DataStream = new MemoryStream(Content(name, random, depth));
            }

            tar.WriteEntry(entry);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            return;
        }
    }

    private static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.V7 => new V7TarEntry(type == TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        _ => new PaxTarEntry(type, name),
    };

    private static byte[] Content(string name, Random random, int depth) => Path.GetExtension(name) switch
    {
        ".tgz" when depth < 2 => Of(random, depth + 1),
        ".yaml" => TextMutation.Of(random, Seeds.ChartFiles, Seeds.YamlWords),
        _ when random.Next(20) == 0 => new byte[random.Next(2 * 1024 * 1024)],
        _ => Encoding.UTF8.GetBytes(Seeds.Yaml[random.Next(Seeds.Yaml.Count)]),
    };

    private static byte[] Zip(byte[] tar)
    {
        using var to = new MemoryStream();
        using (var zip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar);
        }

        return to.ToArray();
    }
}
