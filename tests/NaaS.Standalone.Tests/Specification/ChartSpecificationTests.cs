using System.Text.Json.Nodes;
using NaaS.Helm.Charts;
using NaaS.Standalone.Specification;
using NaaS.Tmf.Characteristics;

namespace NaaS.Standalone.Tests.Specification;

/// <summary>What <c>naas spec from-chart</c> makes of a chart.</summary>
public sealed class ChartSpecificationTests : IDisposable
{
    private const string Values =
        """
        ## @param web.replicaCount Number of replicas
        web:
          # An unrelated remark.

          replicaCount: 2
          # -- How pods are updated
          # (helm-docs style)
          strategy: rolling
          debug: false # Whether to log more
          ratio: 0.5
          title: "My # shop"
          nothing: null
          hosts: [a, b]
          annotations: {}
          labels:
            app.kubernetes.io/part-of: shop
          password: ""
        port: 8080
        """;

    private const string Schema =
        """
        {"definitions": {"mode": {"enum": ["rolling", "recreate"], "description": "Update strategy"}},
         "properties": {
           "web": {"properties": {
             "replicaCount": {"type": "integer", "minimum": 1, "exclusiveMaximum": 11},
             "strategy": {"$ref": "#/definitions/mode"},
             "title": {"type": "string", "pattern": "^My"}}}}}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("naas-spec-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Values_become_typed_described_ordered_knobs()
    {
        var specification = ChartSpecification.Of(Chart(Values, Schema), "https://charts.example.org", []);

        specification["name"]!.ToString().ShouldBe("shop");
        specification["version"]!.ToString().ShouldBe("1.2.3");
        Knobs(specification).Select(knob => $"{knob["name"]} {knob["valueType"]}").ShouldBe(
        [
            "values.web.replicaCount INTEGER", "values.web.strategy ENUM", "values.web.debug BOOLEAN", "values.web.ratio FLOAT", "values.web.title TEXT",
            @"values.web.labels.app\.kubernetes\.io/part-of TEXT", "values.web.password TEXT", "values.port INTEGER",
        ]);
        Knob(specification, "web.replicaCount")["description"]!.ToString().ShouldBe("Number of replicas");
        Knob(specification, "web.strategy")["description"]!.ToString().ShouldBe("Update strategy");
        Knob(specification, "web.debug")["description"]!.ToString().ShouldBe("Whether to log more");
        Knob(specification, "web.title")["description"]!.ToString().ShouldBe("", "a # inside quotes is no comment");
        Knob(specification, "web.title")["regex"]!.ToString().ShouldBe("^My");
        Knob(specification, "web.password")["isSecret"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Schema_bounds_and_choices_are_enforced_by_the_catalogues_rules()
    {
        var rules = SpecificationRules.From(ChartSpecification.Of(Chart(Values, Schema), "https://charts.example.org", []));
        var engine = new RuleEngine(new CharacteristicOptions(), TimeProvider.System);

        IEnumerable<string> Broken(string name, string value) =>
            engine.Check(rules, [new WantedCharacteristic($"values.{name}", value)]).Violations.Select(violation => violation.Characteristic);

        Broken("web.replicaCount", "10").ShouldBeEmpty();
        Broken("web.replicaCount", "11").ShouldBe(["values.web.replicaCount"]);
        Broken("web.replicaCount", "0").ShouldBe(["values.web.replicaCount"]);
        Broken("web.strategy", "recreate").ShouldBeEmpty();
        Broken("web.strategy", "sudden").ShouldBe(["values.web.strategy"]);
        Broken("web.title", "Your shop").ShouldBe(["values.web.title"]);
        Broken("web.debug", "maybe").ShouldBe(["values.web.debug"]);
    }

    [Fact]
    public void Only_the_paths_that_are_asked_for_become_knobs() =>
        Knobs(ChartSpecification.Of(Chart(Values, null), null, ["web.replicaCount", "port"])).Select(knob => knob["name"]!.ToString())
            .ShouldBe(["values.web.replicaCount", "values.port"]);

    [Fact]
    public void The_demo_chart_gives_a_specification_that_names_it_and_its_newest_version()
    {
        var chart = ChartLoader.FromFolder(Path.Combine(AppContext.BaseDirectory, "charts", "cms-ocm-0.0.1"));

        var specification = ChartSpecification.Of(chart, null, []);

        Named(specification, "Service artifact identifier in service registry/repository")["configurable"]!.GetValue<bool>().ShouldBeFalse();
        Knob(specification, "phpmyadmin.replicaCount")["valueType"]!.ToString().ShouldBe("INTEGER");
        Knob(specification, "database.storage.size")["valueType"]!.ToString().ShouldBe("TEXT");
    }

    private Chart Chart(string values, string? schema)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.2.3\ndescription: A shop\n");
        File.WriteAllText(Path.Combine(folder.FullName, "values.yaml"), values);
        if (schema is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "values.schema.json"), schema);
        }

        return ChartLoader.FromFolder(folder.FullName);
    }

    private static IEnumerable<JsonObject> Characteristics(JsonObject specification) => specification["specCharacteristic"]!.AsArray().OfType<JsonObject>();

    private static IEnumerable<JsonObject> Knobs(JsonObject specification) =>
        Characteristics(specification).Where(one => one["name"]!.ToString().StartsWith("values.", StringComparison.Ordinal));

    private static JsonObject Knob(JsonObject specification, string path) => Named(specification, $"values.{path}");

    private static JsonObject Named(JsonObject specification, string name) => Characteristics(specification).Single(one => one["name"]!.ToString() == name);
}
