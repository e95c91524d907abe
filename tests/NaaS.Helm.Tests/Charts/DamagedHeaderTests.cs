using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NaaS.Helm.Charts;

namespace NaaS.Helm.Tests.Charts;

/// <summary>Archives whose tar headers lie; found by the fuzz run.</summary>
public class DamagedHeaderTests
{
    private const int SizeField = 124;
    private const int ChecksumField = 148;
    private const int HeaderLength = 512;

    [Fact]
    public void An_extended_header_that_claims_gigabytes_is_a_corrupt_chart()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "c/Chart.yaml") { DataStream = new MemoryStream("name: c"u8.ToArray()) });
        }

        var bytes = tar.ToArray();
        Encoding.ASCII.GetBytes("77777777777").CopyTo(bytes, SizeField);
        bytes.AsSpan(ChecksumField, 8).Fill((byte)' ');
        var sum = bytes.Take(HeaderLength).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, ChecksumField);
        Should.Throw<ChartCorruptException>(() => ChartLoader.FromArchive(Packed(bytes)));
    }

    private static MemoryStream Packed(byte[] tar)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar);
        }

        packed.Position = 0;
        return packed;
    }
}
