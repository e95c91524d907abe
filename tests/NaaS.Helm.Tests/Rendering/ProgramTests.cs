using System.Globalization;
using System.Text;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>
/// Random template programs beside the real Helm: those that render go through one process together, those that fail through one each.
/// <c>NAAS_HELM_PROGRAMS</c> sets how many, <c>NAAS_HELM_SEED</c> where to begin.
/// </summary>
public sealed class ProgramTests : IDisposable
{
    private const int DefaultPrograms = 400;
    private const int FailingOf = 10;
    private const int Together = 200;

    private readonly string folder = Directory.CreateTempSubdirectory("naas-programs-").FullName;

    public ProgramTests()
    {
        Directory.CreateDirectory(Path.Combine(Chart, "templates"));
        File.WriteAllText(Path.Combine(Chart, "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 0.1.0\n");
        File.WriteAllText(ValuesFile, RandomPrograms.Values);
    }

    private string Chart => Path.Combine(folder, "web");

    private string ValuesFile => Path.Combine(folder, "values.yaml");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Random_programs_give_what_they_give_in_the_real_helm()
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        int count = Setting("NAAS_HELM_PROGRAMS", DefaultPrograms);
        var programs = new RandomPrograms(Setting("NAAS_HELM_SEED", 1));
        var good = new List<string>();
        int failing = 0;
        for (int i = 0; i < count; i++)
        {
            string program = programs.Next();
            if (!Ours([program]).StartsWith("Error: ", StringComparison.Ordinal))
            {
                good.Add(program);
            }
            else if (failing++ < count / FailingOf)
            {
                Assert.Equal($"{program}\n{await TheirsAsync()}", $"{program}\n{Ours([program])}");
            }
        }
        foreach (var together in good.Chunk(Together))
        {
            await CompareAsync(together);
        }
    }

    // Where many differ from the real ones together, the first that does so alone is looked for.
    private async Task CompareAsync(string[] programs)
    {
        string ours = Ours(programs);
        string theirs = await TheirsAsync();
        if (ours == theirs)
        {
            return;
        }
        if (programs.Length == 1)
        {
            Assert.Equal($"{programs[0]}\n{Shown(theirs)}", $"{programs[0]}\n{Shown(ours)}");
        }
        await CompareAsync(programs[..(programs.Length / 2)]);
        await CompareAsync(programs[(programs.Length / 2)..]);
    }

    private string Ours(string[] programs)
    {
        foreach (string old in Directory.EnumerateFiles(Path.Combine(Chart, "templates")))
        {
            File.Delete(old);
        }
        for (int i = 0; i < programs.Length; i++)
        {
            // Only text can be compared that is whole YAML whatever the program prints.
            File.WriteAllText(
                Path.Combine(Chart, "templates", $"p{i:D4}.yaml"),
                $"kind: Program\nprinted: {{{{ include \"p{i}\" . | b64enc }}}}\n{{{{- define \"p{i}\" }}}}{programs[i]}{{{{ end }}}}\n");
        }
        try
        {
            var request = SmallChart.Request(RandomPrograms.Values) with { ValuesNames = [ValuesFile] };
            return HelmRenderer.Render(ChartLoader.FromFolder(Chart), request, cancellationToken: TestContext.Current.CancellationToken).Text;
        }
        catch (HelmException error)
        {
            return $"Error: {error.Message}".TrimEnd();
        }
    }

    private Task<string> TheirsAsync() => RealHelm.TemplateAsync(Chart, ValuesFile, TestContext.Current.CancellationToken);

    private static string Shown(string output)
    {
        const string field = "printed: ";
        int at = output.IndexOf(field, StringComparison.Ordinal);
        return at < 0 ? output : Encoding.UTF8.GetString(Convert.FromBase64String(output[(at + field.Length)..].Trim()));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
