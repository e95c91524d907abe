using NaaS.Helm.Charts;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>Charts whose sub charts bring the same library, beside the real Helm: which copy is asked, and which is named in errors.</summary>
public sealed class LibraryCopyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("naas-copies-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("""{{ define "x" }}{{ .Template.Name }}{{ end }}""", """{{ include "x" . }}""")]
    [InlineData("""{{ define "x" }}{{ fail .Chart.Name }}{{ end }}""", """{{ include "x" . }}""")]
    [InlineData("""{{ define "x" }}{{ .a.b.c }}{{ end }}""", """{{ include "x" . }}""")]
    [InlineData("{{ define \"x\" }}  {{ end }}", """[{{ include "x" . }}]""")]
    [InlineData("""{{ define "x" }}{{ end""", """{{ include "x" . }}""")]
    [InlineData("""{{ define "x" }}{{ nope }}{{ end }}""", "none")]
    [InlineData("""whole {{ .Chart.Name }}""", """{{ include "web/charts/a/charts/lib/templates/_lib.tpl" . }} {{ include "web/charts/b/charts/lib/templates/_lib.tpl" . }}""")]
    [InlineData("""whole {{ fail "x" }}""", """{{ include "web/charts/a/charts/lib/templates/_lib.tpl" . }}""")]
    public async Task Copies_of_a_library_count_as_in_the_real_helm(string library, string template)
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        Write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n");
        foreach (string name in new[] { "a", "b", "c" })
        {
            Write($"web/charts/{name}/Chart.yaml", $"apiVersion: v2\nname: {name}\nversion: 0.1.0\n");
            Write($"web/charts/{name}/templates/t.yaml", $"kind: T\nvalue: '{template}'\n");
            Write($"web/charts/{name}/charts/lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n");
            Write($"web/charts/{name}/charts/lib/templates/_lib.tpl", library);
        }
        Write("web/charts/b/templates/_own.tpl", "{{ define \"x\" }}\n{{ end }}");
        string values = Write("values.yaml", "a: 1\n");
        string theirs = await RealHelm.TemplateAsync(Path.Combine(folder, "web"), values, TestContext.Current.CancellationToken);
        Assert.Equal(theirs, Ours());
    }

    private string Ours()
    {
        try
        {
            return NaaS.Helm.Releases.HelmRenderer.Render(
                ChartLoader.FromFolder(Path.Combine(folder, "web")), SmallChart.Request("a: 1\n"), cancellationToken: TestContext.Current.CancellationToken).Text;
        }
        catch (HelmException error)
        {
            return $"Error: {error.Message}".TrimEnd();
        }
    }

    private string Write(string path, string text)
    {
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
