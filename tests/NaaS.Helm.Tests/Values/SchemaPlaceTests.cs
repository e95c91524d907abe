using NaaS.Helm.Charts;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Values;

/// <summary>Values that break a schema are told with their place and the chart whose schema it is, sub charts and aliases included, as the real Helm tells them.</summary>
public sealed class SchemaPlaceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("naas-schema-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a: x")]
    [InlineData("sub: {b: 1}")]
    [InlineData("a: x\nsub: {b: 1}\nother: {b: 2}")]
    [InlineData("sub: {deep: {c: [1, {d: x}, {d: 2, e: 1}]}}")]
    [InlineData("global: {g: 1}")]
    [InlineData("sub: {enabled: false, b: 1}")]
    [InlineData("other: {list: [1, x, 3]}")]
    [InlineData("sub: {\"x/y~z\": 1}")]
    [InlineData("sub: {\"é 'q'\": 1}")]
    [InlineData("extra: 1\nsub: {b: yes}\na: 2")]
    [InlineData("sub: {b: ~}\nother: ~")]
    public async Task A_value_that_breaks_a_schema_is_told_as_the_real_helm_tells_it(string values)
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        string dependencies = "dependencies:\n- {name: sub, version: 1.0.0, condition: sub.enabled}\n- {name: sub, version: 1.0.0, alias: other}\n";
        Write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 0.1.0\n" + dependencies);
        Write("web/templates/a.yaml", "kind: A\n");
        Write("web/values.schema.json", """
            {"$schema": "https://json-schema.org/draft-07/schema#", "properties": {"a": {"type": "integer"}, "global": {"properties": {"g": {"type": "string"}}}}}
            """);
        Write("web/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\ndependencies:\n- {name: deep, version: 1.0.0}\n");
        Write("web/charts/sub/values.schema.json", """
            {"properties": {"b": {"type": "string"}, "list": {"items": {"type": "integer"}}, "global": {"properties": {"g": {"enum": ["x", null]}}}},
             "patternProperties": {"[/']": {"type": "boolean"}}}
            """);
        Write("web/charts/sub/charts/deep/Chart.yaml", "apiVersion: v2\nname: deep\nversion: 1.0.0\n");
        Write("web/charts/sub/charts/deep/values.schema.json", """
            {"properties": {"c": {"items": {"$ref": "#/$defs/item"}}}, "$defs": {"item": {"type": "object", "properties": {"d": {"type": "integer"}}, "additionalProperties": false}}}
            """);
        string file = Write("values.yaml", values + "\n");
        string theirs = await RealHelm.TemplateAsync(Path.Combine(folder, "web"), file, TestContext.Current.CancellationToken);
        Assert.Equal(Probes.SchemaText.Ordered(theirs), Probes.SchemaText.Ordered(Ours(values)));
    }

    private string Ours(string values)
    {
        try
        {
            var request = SmallChart.Request(values) with { ValuesNames = ["values.yaml"] };
            return HelmRenderer.Render(ChartLoader.FromFolder(Path.Combine(folder, "web")), request, cancellationToken: TestContext.Current.CancellationToken).Text;
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
