using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CsCheck;
using NaaS.Helm.Charts;

namespace NaaS.Helm.Tests.Charts;

public sealed class ChartArchiveTests
{
    [Theory]
    [InlineData("web/../../etc/passwd", "chart illegally references parent directory")]
    [InlineData("web//etc/passwd", "chart illegally contains absolute paths")]
    [InlineData("/etc/passwd", "")]
    [InlineData("web/c:/x", "chart contains illegally named files")]
    [InlineData("web\\..\\..\\x", "chart illegally references parent directory")]
    [InlineData("passwd", "chart illegally contains content outside the base directory: \"passwd\"")]
    [InlineData("Chart.yaml", "chart illegally contains content outside the base directory: \"Chart.yaml\"")]
    public void A_path_that_leads_out_of_the_chart_is_refused(string path, string error)
    {
        var packed = TestCharts.Pack([Entry("web/Chart.yaml", TestCharts.Yaml), Entry(path, "x")]);

        if (error.Length > 0)
        {
            Should.Throw<ChartException>(() => Load(packed)).Message.ShouldBe(error);
        }
        else
        {
            // Helm drops the first element, which is the empty one before the slash.
            Load(packed).Files.ShouldContain(f => f.Name == "etc/passwd");
        }
    }

    [Fact]
    public void A_link_is_never_followed()
    {
        var packed = TestCharts.Pack(
        [
            Entry("web/Chart.yaml", TestCharts.Yaml),
            new PaxTarEntry(TarEntryType.SymbolicLink, "web/secret.txt") { LinkName = "/etc/passwd" },
            new PaxTarEntry(TarEntryType.HardLink, "web/hard.txt") { LinkName = "/etc/passwd" },
        ]);

        Load(packed).Files.ShouldAllBe(f => f.Data.Length == 0);
    }

    [Fact]
    public void An_archive_that_unpacks_without_end_is_broken_off()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // Tar headers of zeros are the end of an archive; this is one endless file.
            var header = new byte[512];
            Encoding.ASCII.GetBytes("web/bomb").CopyTo(header, 0);
            Encoding.ASCII.GetBytes("77777777777\0").CopyTo(header, 124);
            header[156] = (byte)'0';
            Encoding.ASCII.GetBytes("ustar\0" + "00").CopyTo(header, 257);
            Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
            Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
            zip.Write(header);
            var block = new byte[1024 * 1024];
            for (var i = 0; i < 200; i++)
            {
                zip.Write(block);
            }
        }

        packed.Length.ShouldBeLessThan(4_000_000);
        Should.Throw<ChartTooLargeException>(() => Load(packed.ToArray()));
    }

    [Fact]
    public void Many_files_that_together_are_too_large_are_broken_off()
    {
        var megabyte = new string('x', 1024 * 1024);
        var packed = TestCharts.Pack(Enumerable.Range(0, 12).Select(i => Entry($"web/f{i}", megabyte)));

        Should.Throw<ChartTooLargeException>(() => Load(packed, new ChartLimits { UnpackedBytes = 10 * 1024 * 1024 })).Message.ShouldContain("larger than the maximum size");
        Should.Throw<ChartTooLargeException>(() => Load(packed, new ChartLimits { FileBytes = 1000 })).Message.ShouldContain("maximum file size 1000");
        Should.Throw<ChartTooLargeException>(() => Load(packed, new ChartLimits { Files = 10 })).Message.ShouldContain("more than 10 files");
    }

    [Fact]
    public void Archives_inside_archives_share_one_budget()
    {
        var inner = TestCharts.Pack([Entry("s/Chart.yaml", TestCharts.Yaml), Entry("s/big", new string('x', 4 * 1024 * 1024))]);
        var packed = TestCharts.Pack(
            new[] { Entry("web/Chart.yaml", TestCharts.Yaml) }
                .Concat(Enumerable.Range(0, 40).Select(i => new PaxTarEntry(TarEntryType.RegularFile, $"web/charts/s{i}.tgz") { DataStream = new MemoryStream(inner) })));

        packed.Length.ShouldBeLessThan(1_000_000);
        Should.Throw<ChartTooLargeException>(() => Load(packed)).Message.ShouldContain("maximum size");
    }

    [Fact]
    public void Charts_inside_charts_have_a_bottom()
    {
        var packed = TestCharts.Pack("values.yaml", "a: 1");
        for (var i = 0; i < 30; i++)
        {
            var below = packed;
            packed = TestCharts.Pack([Entry("web/Chart.yaml", TestCharts.Yaml), new PaxTarEntry(TarEntryType.RegularFile, "web/charts/web.tgz") { DataStream = new MemoryStream(below) }]);
        }

        Should.Throw<ChartTooLargeException>(() => Load(packed)).Message.ShouldContain("nested deeper");
    }

    [Fact]
    public void What_is_no_archive_is_refused_as_corrupt()
    {
        var packed = TestCharts.Pack("values.yaml", new string('x', 5000));

        Should.Throw<ChartCorruptException>(() => Load("no archive"u8.ToArray()));
        Should.Throw<ChartException>(() => Load([]));
        Should.Throw<ChartException>(() => Load(packed[..(packed.Length / 2)]));
    }

    [Fact]
    public void A_byte_order_mark_is_dropped_from_each_file()
    {
        var chart = TestCharts.Read("values.yaml", "\ufeffa: 1", "templates/a.yaml", "\ufeffx");

        chart.Values["a"].ShouldBe(1.0);
        chart.Templates[0].Data.ShouldBe("x");
    }

    private static Gen<(int At, byte Value)[]> Changes(int length) => Gen.Int[0, length - 1].Select(Gen.Byte, (at, value) => (at, value)).Array[1, 8];

    [Fact]
    public void Damaged_archives_of_every_kind_end_in_an_exception_of_ours()
    {
        var packed = TestCharts.Pack("values.yaml", "a: 1", "templates/a.yaml", "x: y", "charts/s/Chart.yaml", TestCharts.Yaml);
        Check.Sample(
            Changes(packed.Length),
            changes =>
            {
                var damaged = packed.ToArray();
                foreach (var (at, value) in changes)
                {
                    damaged[at] = value;
                }

                Try(() => Load(damaged));
            },
            iter: 5000,
            threads: 1);
    }

    [Fact]
    public void Damaged_tar_headers_of_every_kind_end_in_an_exception_of_ours()
    {
        using var unzipped = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(TestCharts.Pack("values.yaml", "a: 1")), CompressionMode.Decompress))
        {
            zip.CopyTo(unzipped);
        }

        var tar = unzipped.ToArray();
        Check.Sample(
            Changes(tar.Length),
            changes =>
            {
                var damaged = tar.ToArray();
                foreach (var (at, value) in changes)
                {
                    damaged[at] = value;
                }

                using var packed = new MemoryStream();
                using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                {
                    zip.Write(damaged);
                }

                Try(() => Load(packed.ToArray()));
            },
            iter: 5000,
            threads: 1);
    }

    private static void Try(Action load)
    {
        try
        {
            load();
        }
        catch (HelmException)
        {
            // Refused, as it should be; anything else fails the test.
        }
    }

    private static Chart Load(byte[] packed, ChartLimits? limits = null)
    {
        using var archive = new MemoryStream(packed);
        return ChartLoader.FromArchive(archive, limits);
    }

    private static PaxTarEntry Entry(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };
}
