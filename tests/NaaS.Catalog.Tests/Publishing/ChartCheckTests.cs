using System.Text.Json.Nodes;
using NaaS.Catalog.Tests.Jobs;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Catalog.Tests.Publishing;

/// <summary>A specification whose chart is wrong is refused when it is published, with the demo's chart as the example.</summary>
public sealed class ChartCheckTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Specifications = $"{CatalogServer.Api}/serviceSpecification";

    private static readonly string Charts = Path.Combine(Root(), "deploy", "charts");

    [Theory]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.web.replicaCount", "INTEGER", null)]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.database.storage.className", "TEXT", null)]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.web.resources", "OBJECT", null)]
    [InlineData("cms-ocm-0.0.1", ">=0.0.1", "values.global.anything", "TEXT", null)]
    [InlineData("cms-ocn", "0.0.1", "values.web.replicaCount", "INTEGER", "chart \"cms-ocn\" not found")]
    [InlineData("cms-ocm-0.0.1", "7.0.0", "values.web.replicaCount", "INTEGER", "7.0.0")]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.web.replicas", "INTEGER", "specCharacteristic[values.web.replicas]: chart cms-ocm 0.0.1 has no value web.replicas")]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.web.resources", "INTEGER", "has a map at web.resources")]
    [InlineData("cms-ocm-0.0.1", "0.0.1", "values.web..x", "INTEGER", "not a path into Helm values")]
    public async Task A_specification_that_is_published_is_held_against_its_chart(string chart, string version, string knob, string type, string? complaint)
    {
        var server = await StartAsync();
        var body = Specification(chart, version, (knob, type));

        body["lifecycleStatus"] = "In test";
        var draft = (await server.Web.Post(Specifications, body.ToJsonString())).ShouldBe(201);
        body["lifecycleStatus"] = "Active";
        foreach (var answer in new[] { await server.Web.Post(Specifications, body.ToJsonString()), await server.Web.Patch($"{Specifications}/{draft.Id}", """{"lifecycleStatus":"Active"}""") })
        {
            if (complaint is null)
            {
                answer.Code.ShouldBeOneOf(200, 201);
            }
            else
            {
                answer.ShouldBeError(400, "24").Text("message").ShouldContain(complaint);
            }
        }
    }

    [Fact]
    public async Task All_mistakes_are_named_at_once()
    {
        var server = await StartAsync();

        var message = (await server.Web.Post(Specifications, Specification("cms-ocm-0.0.1", "0.0.1", ("values.a", "TEXT"), ("values.web", "INTEGER")).ToJsonString())).ShouldBeError(400).Text("message");

        message.ShouldContain("has no value a;");
        message.ShouldContain("has a map at web");
    }

    [Theory(Timeout = 60_000), InlineData(true), InlineData(false)]
    public async Task A_slow_repository_holds_up_nobody_else(bool isNew)
    {
        await using var repository = await FileServer.StartAsync();
        await using var server = await CatalogServer.StartAsync(
            Database.Sqlite,
            ("Fulfilment:Charts:AllowedLocations:0", repository.Url), ("Fulfilment:Charts:AllowLoopback", "true"), ("Fulfilment:Translate:Repository", repository.Url));
        var body = Specification("cms-ocm", "0.0.1");
        body["lifecycleStatus"] = "In test";
        var draft = (await server.Web.Post(Specifications, body.ToJsonString())).ShouldBe(201).Id;
        var gate = new TaskCompletionSource();
        repository.Gate = gate.Task;
        body["lifecycleStatus"] = "Active";

        var published = isNew ? server.Web.Post(Specifications, body.ToJsonString()) : server.Web.Patch($"{Specifications}/{draft}", """{"lifecycleStatus":"Active"}""");
        await Until.Async(() => repository.Asked > 0);
        (await server.Web.Post($"{CatalogServer.Api}/serviceCategory", """{"name":"meanwhile"}""")).ShouldBe(201);
        published.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        (await published).ShouldBeError(400, "24").Text("message").ShouldContain("there is nothing at");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_imported_specification_is_held_against_its_chart_too()
    {
        await using var files = await FileServer.StartAsync();
        var server = await StartAsync();
        var (good, bad) = (Specification("cms-ocm-0.0.1", "0.0.1", ("values.web.replicaCount", "INTEGER")), Specification("cms-ocm-0.0.1", "0.0.1", ("values.web.replicas", "INTEGER")));
        files.Files["/good.json"] = new JsonArray(good.DeepClone()).ToJsonString();
        files.Files["/bad.json"] = new JsonArray(good, bad).ToJsonString();

        (await JobTests.Run(server, "importJob", $$"""{"url":"{{files.Url}}/good.json"}""")).Text("status").ShouldBe("Succeeded");
        (await JobTests.Run(server, "importJob", $$"""{"url":"{{files.Url}}/bad.json"}""")).Text("errorLog").ShouldBe(
            "element 1: specCharacteristic[values.web.replicas]: chart cms-ocm 0.0.1 has no value web.replicas");
    }

    private Task<TmfServer> StartAsync() => shared.GetAsync(() => CatalogServer.StartAsync(
        Database.Sqlite, ("Fulfilment:Charts:FolderRoots:0", Charts), ("Fulfilment:Translate:Repository", Charts)));

    private static JsonObject Specification(string chart, string version, params (string Name, string Type)[] knobs) => new()
    {
        ["name"] = "s",
        ["lifecycleStatus"] = "Active",
        ["specCharacteristic"] = new JsonArray(
        [
            Characteristic("Service artifact identifier in service registry/repository", "TEXT", chart), Characteristic("Service artifact version", "TEXT", version),
            .. knobs.Select(knob => Characteristic(knob.Name, knob.Type, null)),
        ]),
    };

    private static JsonObject Characteristic(string name, string type, string? value) => new()
    {
        ["name"] = name,
        ["valueType"] = type,
        ["characteristicValueSpecification"] = value is null ? null : new JsonArray(new JsonObject { ["isDefault"] = true, ["value"] = value, ["valueType"] = type }),
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NaaS.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
