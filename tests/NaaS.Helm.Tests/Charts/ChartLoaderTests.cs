using NaaS.Helm.Charts;

namespace NaaS.Helm.Tests.Charts;

/// <summary>Answers are those of helm 4.1.4.</summary>
public sealed class ChartLoaderTests
{
    [Theory]
    [InlineData("apiVersion: v2\nname: web", "validation: chart.metadata.version is required")]
    [InlineData("apiVersion: v2\nname: web\nversion: x.y", "validation: chart.metadata.version \"x.y\" is invalid")]
    [InlineData("apiVersion: v2\nversion: 0.1.0", "validation: chart.metadata.name is required")]
    [InlineData("apiVersion: v2\nname: a/b\nversion: 0.1.0", "validation: chart.metadata.name \"a/b\" is invalid")]
    [InlineData("apiVersion: v2\nname: web\nversion: 0.1.0\ntype: foo", "validation: chart.metadata.type must be application or library")]
    [InlineData("apiVersion: v3\nname: web\nversion: 0.1.0", "invalid chart apiVersion")]
    [InlineData("apiVersion: v2\nname: web\nversion: 0.1.0\nmaintainers: [null]", "validation: maintainers must not contain empty or null nodes")]
    [InlineData("apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies: [{name: s, alias: a.b}]", "validation: dependency \"s\" has disallowed characters in the alias")]
    [InlineData("apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies: [{name: s}, {name: s}]", "validation: more than one dependency with name or alias \"s\". Try using distinct aliases for dependencies with the same chart name.")]
    [InlineData("a: b: c", "cannot load Chart.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context")]
    public void A_chart_that_helm_refuses_is_refused_in_its_words(string chartYaml, string error) =>
        Should.Throw<ChartException>(() => TestCharts.Read("Chart.yaml", chartYaml)).Message.ShouldBe(error);

    [Fact]
    public void Numbers_in_chart_yaml_become_text()
    {
        var chart = TestCharts.Read("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1\nappVersion: 1.10\ndescription: true\nunknown: x");

        chart.Version.ShouldBe("1");
        chart.AppVersion.ShouldBe("1.1");
        chart.Description.ShouldBe("true");
    }

    [Fact]
    public void Files_go_where_helm_puts_them()
    {
        var chart = TestCharts.Read(
            "values.yaml", "a: 1 # why", "values.schema.json", "{}", "templates/x.yaml", "x", "crds/b.yaml", "b", "crds/n.txt", "n", "README.md", "r",
            "charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n", "charts/_skipped/Chart.yaml", "no chart", "charts/x.prov", "p", "Chart.lock", "");

        chart.ValuesText.ShouldBe("a: 1 # why");
        chart.SchemaText.ShouldBe("{}");
        chart.Templates.Select(f => f.Name).ShouldBe(["templates/x.yaml"]);
        chart.Crds.Select(f => f.Name).ShouldBe(["crds/b.yaml"]);
        chart.Files.Select(f => f.Name).ShouldBe(["crds/b.yaml", "crds/n.txt", "README.md", "charts/x.prov"]);
        chart.Dependencies.Select(d => d.Name).ShouldBe(["s"]);
    }

    [Fact]
    public void What_lies_in_charts_and_is_no_chart_is_refused() =>
        Should.Throw<ChartException>(() => TestCharts.Read("charts/README.md", "x")).Message.ShouldBe("error unpacking subchart README.md in web: Chart.yaml file is missing");

    [Fact]
    public void Requirements_yaml_gives_the_dependencies_of_a_chart_of_version_1()
    {
        var chart = TestCharts.Read("Chart.yaml", "apiVersion: v1\nname: web\nversion: 0.1.0\n", "requirements.yaml", "dependencies: [{name: s, version: 0.1.0}]");

        chart.Metadata.Dependencies!.ShouldHaveSingleItem()!.Name.ShouldBe("s");
        chart.Files.ShouldContain(f => f.Name == "requirements.yaml");
    }

    [Fact]
    public void A_folder_leaves_out_what_helmignore_names()
    {
        var folder = Directory.CreateTempSubdirectory("naas-chart-").FullName;
        try
        {
            foreach (var (name, text) in new[]
            {
                ("Chart.yaml", TestCharts.Yaml), (".helmignore", "*.skip\n/templates/no.yaml\nfiles/*.txt\n# c\nsecret/\n"), ("templates/no.yaml", "x"), ("templates/yes.yaml", "x"),
                ("templates/.hidden", "x"), ("templates/x.skip", "x"), ("files/a.txt", "x"), ("files/b.md", "x"), ("secret/key", "x"),
            })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                File.WriteAllText(Path.Combine(folder, name), text);
            }

            var chart = ChartLoader.FromFolder(folder);

            chart.Templates.Select(f => f.Name).ShouldBe(["templates/yes.yaml"]);
            chart.Files.Select(f => f.Name).ShouldBe([".helmignore", "files/b.md"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
