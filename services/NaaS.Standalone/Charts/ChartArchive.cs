using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace NaaS.Standalone.Charts;

/// <summary>A chart folder packed as <c>helm package</c> would; the same folder always gives the same bytes, hence the same digest.</summary>
internal sealed record ChartArchive(string Name, string Version, byte[] Content)
{
    public string FileName => $"{Name}-{Version}.tgz";

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    public static ChartArchive Pack(DirectoryInfo folder)
    {
        var (name, version) = Identity(folder);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                using var content = file.OpenRead();
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{name}/{Path.GetRelativePath(folder.FullName, file.FullName)}")
                {
                    DataStream = content,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        return new(name, version, packed.ToArray());
    }

    private static (string Name, string Version) Identity(DirectoryInfo folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder.FullName, "Chart.yaml"));
        return (Field("name"), Field("version"));

        string Field(string field) => lines.Single(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim().Trim('"');
    }
}
