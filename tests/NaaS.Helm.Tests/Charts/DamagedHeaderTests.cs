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

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    public void What_an_extended_header_claims_is_not_allocated(char type)
    {
        var header = Header("c/Chart.yaml", type, "17777777777");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<ChartCorruptException>(() => ChartLoader.FromArchive(Packed([.. header, .. new byte[1024]]))).Message.ShouldContain("extended tar header");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
    }

    [Theory]
    [InlineData("path=c/values.yaml\n")]
    [InlineData("99 path=c/values.yaml\n")]
    [InlineData("3 p\n")]
    [InlineData("12 size=-5xx\n")]
    [InlineData("24 GNU.sparse.major=1xx\n")]
    public void A_broken_extended_record_is_a_corrupt_chart(string record)
    {
        var content = new byte[HeaderLength];
        Encoding.ASCII.GetBytes(record).CopyTo(content, 0);
        Should.Throw<ChartCorruptException>(() =>
            ChartLoader.FromArchive(Packed([.. Header("c/x", 'x', Convert.ToString(record.Length, 8)), .. content, .. new byte[1024]])));
    }

    [Fact]
    public void Binary_sizes_and_long_names_of_gnu_and_ustar_are_read()
    {
        var yaml = "apiVersion: v2\nname: c\nversion: 1.0.0\n"u8.ToArray();
        var binary = Header("c/Chart.yaml", '0', "");
        binary[SizeField] = 0x80;
        binary[SizeField + 11] = (byte)yaml.Length;
        var folder = new string('d', 120);
        var prefixed = Header("values.txt", '0', "1");
        Encoding.ASCII.GetBytes("ustar\0" + "00").CopyTo(prefixed, 257);
        Encoding.ASCII.GetBytes("c/" + folder).CopyTo(prefixed, 345);
        var name = Encoding.ASCII.GetBytes("c/" + folder + "/" + new string('n', 120) + "\0");
        byte[] tar =
        [
            .. Summed(binary), .. Filled(yaml), .. Summed(prefixed), .. Filled("x"u8), .. Header("././@LongLink", 'L', Convert.ToString(name.Length, 8)), .. Filled(name),
            .. Header("short", '0', "2"), .. Filled("yz"u8), .. new byte[1024],
        ];
        ChartLoader.FromArchive(Packed(tar)).Files.Select(file => (file.Name, file.Data))
            .ShouldBe([($"{folder}/values.txt", "x"), ($"{folder}/{new string('n', 120)}", "yz")]);
    }

    private static byte[] Header(string name, char type, string size)
    {
        var header = new byte[HeaderLength];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes(size).CopyTo(header, SizeField);
        header[156] = (byte)type;
        return Summed(header);
    }

    private static byte[] Summed(byte[] header)
    {
        header.AsSpan(ChecksumField, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, ChecksumField);
        return header;
    }

    private static byte[] Filled(ReadOnlySpan<byte> content)
    {
        var blocks = new byte[(content.Length + HeaderLength - 1) / HeaderLength * HeaderLength];
        content.CopyTo(blocks);
        return blocks;
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
