using NaaS.Helm.Go;
using NaaS.Helm.Json;
using NaaS.Helm.Releases;
using NaaS.Helm.Rendering;
using NaaS.Helm.Tests.Charts;
using NaaS.Helm.Values;

namespace NaaS.Helm.Tests.Values;

/// <summary>Answers are those of helm 4.1.4.</summary>
public sealed class ChartValuesTests
{
    private const string Sub = "apiVersion: v2\nname: s\nversion: 0.1.0\n";

    [Theory]
    [InlineData("a=1,b=1.5,c=true,d=null,e=abc,f=01,g=1e6,i=", """{"a":1,"b":"1.5","c":true,"d":null,"e":"abc","f":"01","g":"1e6","i":""}""")]
    [InlineData("a.b[1].c=x,l={p,2}", """{"a":{"b":[null,{"c":"x"}]},"l":["p",2]}""")]
    [InlineData("a\\.b=x\\,y", """{"a.b":"x,y"}""")]
    [InlineData("a[0][1]=x", """{"a":[[null,"x"]]}""")]
    public void An_argument_of_set_is_read_as_helm_reads_it(string argument, string json)
    {
        var values = new GoMap();
        StringValues.SetTyped(values, argument);
        JsonWriter.Write(values).ShouldBe(json);
    }

    [Theory]
    [InlineData("a", "key \"a\" has no value")]
    [InlineData("a,b=1", "key \"a\" has no value (cannot end with ,)")]
    [InlineData("a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("a[-1]=1", "negative -1 index not allowed")]
    [InlineData("a[65537]=1", "index of 65537 is greater than maximum supported index of 65536")]
    [InlineData("a={1", "list must terminate with '}'")]
    [InlineData("a=1,a.b=2", "unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}")]
    [InlineData("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1", "value name nested level is greater than maximum supported nested level of 30")]
    public void An_argument_that_helm_refuses_is_refused_in_its_words(string argument, string error) =>
        Should.Throw<HelmException>(() => StringValues.SetTyped([], argument)).Message.ShouldBe(error);

    [Fact]
    public void A_single_value_has_its_type_from_its_kind_and_its_text_as_it_is()
    {
        var values = Prepared(
            new ReleaseRequest
            {
                Name = "rel",
                Set =
                [
                    new SetValue("n", "5"), new SetValue("t", "5", SetKind.Text), new SetValue("f", "5.0", SetKind.Json), new SetValue("a.b[0]", "{x},y\\z"),
                    new SetValue("a\\.b", "null"),
                ],
            });

        values.ShouldBe("""{"a":{"b":["{x},y\\z"]},"a.b":null,"f":5,"n":5,"t":"5"}""");
    }

    [Fact]
    public void Later_documents_win_and_a_file_may_hold_several()
    {
        var request = new ReleaseRequest { Name = "rel", Values = ["a: 1\nb: {x: 1}\n---\nb: {y: 2}\n", "a: 3\n# comment\n--- # next\nc: 4\n"] };

        Prepared(request).ShouldBe("""{"a":3,"b":{"true":2,"x":1},"c":4}""");
    }

    [Theory]
    [InlineData("a: 1\nb: {x: 1, z: 2}", "a: null\nb: {x: null}\nx: null", """{"b":{"z":2},"x":null}""")]
    [InlineData("a: {x: 1}\nb: 2", "a: str\nb: {k: 1}", """{"a":"str","b":{"k":1}}""")]
    [InlineData("a: null\nb: {x: null}", "", """{"a":null,"b":{"x":null}}""")]
    public void Users_values_lie_over_the_charts_own(string defaults, string given, string json) =>
        Prepared(new ReleaseRequest { Name = "rel", Values = [given] }, "values.yaml", defaults).ShouldBe(json);

    [Fact]
    public void Sub_charts_see_their_section_and_the_globals()
    {
        var input = Input(
            new ReleaseRequest { Name = "rel", Values = ["global: {g: user}\ns: {b: 2}"] },
            "values.yaml", "global: {g: top, t: 1}\ns: {a: top}", "charts/s/Chart.yaml", Sub, "charts/s/values.yaml", "a: sub\nc: 3\nglobal: {g: sub, own: 1}");

        JsonWriter.Write(input.Values["s"]).ShouldBe("""{"a":"top","b":2,"c":3,"global":{"g":"user","own":1,"t":1}}""");
        input.Chart.Dependencies.ShouldHaveSingleItem().Path.ShouldBe("web/charts/s");
    }

    [Theory]
    [InlineData("condition: s.enabled", "s: {enabled: false}", "")]
    [InlineData("condition: s.enabled", "s: {enabled: true}", "s")]
    [InlineData("condition: 'x.y,s.enabled'", "s: {enabled: false}", "")]
    [InlineData("condition: s.enabled, tags: [t]", "tags: {t: false}\ns: {enabled: true}", "s")]
    [InlineData("tags: [t, u]", "tags: {t: false, u: true}", "s")]
    [InlineData("tags: [t]", "tags: {t: false}", "")]
    [InlineData("alias: other", "", "other")]
    public void A_dependency_takes_part_as_condition_tags_and_alias_say(string rules, string given, string names)
    {
        var input = Input(
            new ReleaseRequest { Name = "rel", Values = [given] },
            "Chart.yaml", TestCharts.Yaml + $"dependencies: [{{name: s, version: 0.1.0, {rules}}}]\n", "charts/s/Chart.yaml", Sub);

        string.Join(' ', input.Chart.Dependencies.Select(d => d.Name)).ShouldBe(names);
    }

    [Fact]
    public void Values_are_imported_from_sub_charts()
    {
        var input = Input(
            new ReleaseRequest { Name = "rel" },
            "Chart.yaml", TestCharts.Yaml + "dependencies: [{name: s, version: 0.1.0, import-values: [data, {child: q.r, parent: into}]}]\n",
            "values.yaml", "own: 1\nshared: mine",
            "charts/s/Chart.yaml", Sub, "charts/s/values.yaml", "exports: {data: {fromSub: 2, shared: theirs}}\nq: {r: {deep: 3}}");

        input.Values["fromSub"].ShouldBe(2.0);
        input.Values["shared"].ShouldBe("mine");
        JsonWriter.Write(input.Values["into"]).ShouldBe("""{"deep":3}""");
    }

    [Theory]
    [InlineData("dependencies: [{name: gone, version: 1.0.0}]", "rel", "an error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: gone")]
    [InlineData("type: library", "rel", "library charts are not installable")]
    [InlineData("kubeVersion: '>=1.99'", "rel", "chart requires kubeVersion: >=1.99 which is incompatible with Kubernetes v1.35.0")]
    [InlineData("", "Bad_Name", "release name check failed: release name \"Bad_Name\": invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be longer than 53")]
    public void What_helm_refuses_before_it_renders_is_refused_in_its_words(string chartYaml, string name, string error) =>
        Should.Throw<HelmException>(() => Input(new ReleaseRequest { Name = name }, "Chart.yaml", TestCharts.Yaml + chartYaml)).Message.ShouldBe(error);

    [Fact]
    public void A_values_document_that_is_no_yaml_is_named() =>
        Should.Throw<HelmException>(() => Prepared(new ReleaseRequest { Name = "rel", Values = ["- 1"], ValuesNames = ["v.yaml"] })).Message
            .ShouldBe("failed to parse v.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}");

    [Fact]
    public void Preparing_does_not_change_the_chart()
    {
        var chart = TestCharts.Read("values.yaml", "a: {b: 1}\nglobal: {g: {x: 1}}", "charts/s/Chart.yaml", Sub, "charts/s/values.yaml", "a: 1\nglobal: {g: {y: 2}}");
        var before = JsonWriter.Write(chart.Values) + JsonWriter.Write(chart.Dependencies[0].Values);

        var input = ChartValues.Prepare(chart, new ReleaseRequest { Name = "rel", Values = ["a: {b: null, c: 2}"] });
        ((GoMap)input.Values["a"]!)["set"] = true;

        (JsonWriter.Write(chart.Values) + JsonWriter.Write(chart.Dependencies[0].Values)).ShouldBe(before);
    }

    [Fact]
    public void Warnings_say_what_was_skipped()
    {
        var warnings = new List<string>();

        ChartValues.Prepare(TestCharts.Read("values.yaml", "b: 2"), new ReleaseRequest { Name = "rel", Values = ["b: {k: 1}"] }, warnings.Add);

        warnings.ShouldContain("warning: skipped value for web.b: Not a table.");
    }

    private static RenderInput Input(ReleaseRequest request, params string[] files) => ChartValues.Prepare(TestCharts.Read(files), request);

    private static string Prepared(ReleaseRequest request, params string[] files) => JsonWriter.Write(Input(request, files).Values);
}
