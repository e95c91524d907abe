using System.Text;
using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;
using NaaS.Helm.Rendering;
using NaaS.Helm.Templates;
using NaaS.Helm.Toml;
using NaaS.Helm.Yaml;

namespace NaaS.Benchmarks.Fuzz;

/// <summary>What is fuzzed.</summary>
internal static class FuzzTargets
{
    private const int RenderStack = 48 * 1024 * 1024;
    private const int CallersStack = 1024 * 1024;

    private static readonly ChartLimits SmallChart = new() { UnpackedBytes = 1024 * 1024, FileBytes = 256 * 1024, Files = 200 };

    private static readonly RenderLimits SmallRender = new()
    {
        Time = TimeSpan.FromSeconds(2),
        Steps = 200_000,
        OutputBytes = 1024 * 1024,
        AllocatedBytes = 64 * 1024 * 1024,
        Depth = 100,
        Elements = 10_000,
    };

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("template", 40, RenderStack, random => TextMutation.Of(random, Seeds.Templates, Seeds.TemplateWords), ParseTemplate),
        new("yaml", 35, CallersStack, random => TextMutation.Of(random, Seeds.Yaml, Seeds.YamlWords), ReadYaml),
        new("archive", 12, CallersStack, ArchiveMutation.Of, ReadArchive),
        new("set", 8, CallersStack, random => TextMutation.Of(random, Seeds.SetArguments, Seeds.SetWords), Set),
        new("toml", 3, RenderStack, random => TextMutation.Of(random, Seeds.Toml, Seeds.TomlWords), input => TomlReader.Read(GoString.FromBytes(input))),
        new("render", 2, RenderStack, random => TextMutation.Of(random, Seeds.Templates, Seeds.TemplateWords), Render),
    ];

    public static int IndexOf(FuzzTarget target)
    {
        var index = 0;
        while (All[index].Name != target.Name)
        {
            index++;
        }

        return index;
    }

    private static void ParseTemplate(byte[] input)
    {
        try
        {
            Parser.Parse("t", GoString.FromBytes(input));
        }
        catch (ParseException e)
        {
            throw ErrorText.OfParse(e);
        }
    }

    // What was read must also be writable, and what was written readable.
    private static void ReadYaml(byte[] input)
    {
        var value = YamlReader.Read(GoString.FromBytes(input));
        YamlReader.Read(YamlWriter.Write(value));
    }

    private static void ReadArchive(byte[] input)
    {
        using var archive = new MemoryStream(input, writable: false);
        ChartLoader.FromArchive(archive, SmallChart);
    }

    private static void Set(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        foreach (var kind in Enum.GetValues<SetKind>())
        {
            HelmRenderer.Render(Seeds.EmptyChart, new ReleaseRequest { Name = "r", Set = [SetValue.Argument(text, kind)], Limits = SmallRender });
        }
    }

    private static void Render(byte[] input) =>
        HelmRenderer.Render(Seeds.ChartOf(input), new ReleaseRequest { Name = "r", Limits = SmallRender });
}
