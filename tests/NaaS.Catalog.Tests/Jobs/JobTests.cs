using NaaS.TmfRest.Tests.Support;

namespace NaaS.Catalog.Tests.Jobs;

/// <summary>Catalogues leave one installation as a file and enter another.</summary>
public sealed class JobTests
{
    [Theory(Timeout = 60_000), InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_one_catalogue_exports_another_imports_with_the_same_ids(string kind)
    {
        await using var files = await FileServer.StartAsync();
        await using var first = await CatalogServer.StartAsync(kind);
        var kept = (await first.Web.Post($"{CatalogServer.Api}/serviceSpecification", """{"name":"kept","lifecycleStatus":"Launched","x-own":1,"specCharacteristic":[{"name":"cpu","valueType":"INTEGER"}]}""")).Id;
        await first.Web.Post($"{CatalogServer.Api}/serviceSpecification", """{"name":"left","lifecycleStatus":"In study"}""");

        var export = await Run(first, "exportJob", $$"""{"url":"{{files.Url}}/specs.json","query":"lifecycleStatus=Launched"}""");
        export.Text("status").ShouldBe("Succeeded");
        export.Text("completionDate").ShouldNotBeEmpty();

        await using var second = await CatalogServer.StartAsync(kind);
        for (var times = 0; times < 2; times++)
        {
            var import = await Run(second, "importJob", $$"""{"url":"{{files.Url}}/specs.json","path":"/serviceSpecification"}""");
            import.Text("status").ShouldBe("Succeeded", import.Body!.ToJsonString());
        }

        var imported = (await second.Web.Get($"{CatalogServer.Api}/serviceSpecification")).Array.ShouldHaveSingleItem()!;
        imported["id"]!.GetValue<string>().ShouldBe(kept);
        imported["x-own"]!.GetValue<int>().ShouldBe(1);
        (await second.Web.Get($"{CatalogServer.Api}/serviceSpecification/{kept}")).Header("ETag").ShouldBe("\"1\"");
        (await second.Web.Get($"{CatalogServer.Api}/serviceCandidate?serviceSpecification.id={kept}")).Array.ShouldHaveSingleItem();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_import_is_told_to_the_listeners_of_each_catalogue()
    {
        await using var files = await FileServer.StartAsync();
        await using var listener = await Listener.StartAsync();
        await using var server = await CatalogServer.StartAsync();
        var catalog = (await server.Web.Post($"{CatalogServer.Api}/serviceCatalog", """{"name":"c"}""")).ShouldBe(201).Id;
        (await server.Web.Post($"{CatalogServer.Api}/hub", $$"""{"callback":"{{listener.Url}}/l","query":"eventType=ServiceCatalogBatchEvent"}""")).ShouldBe(201);
        files.Files["/f.json"] = """[{"name":"one"},{"name":"two"}]""";

        (await Run(server, "importJob", $$"""{"url":"{{files.Url}}/f.json","path":"/serviceSpecification"}""")).Text("status").ShouldBe("Succeeded");

        await Until.Async(() => !listener.Received.IsEmpty);
        listener.Received.ShouldHaveSingleItem().Body["event"]!["serviceCatalog"]!["id"]!.GetValue<string>().ShouldBe(catalog);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""[{"name":"good"},{"name":"bad","lifecycleStatus":"Flying"}]""", "element 1: lifecycleStatus")]
    [InlineData("""[{"name":"good"},{"description":"nameless"}]""", "element 1: name is missing")]
    [InlineData("""[{"name":"good"},{"name":7}]""", "element 1")]
    [InlineData("""{"name":"no array"}""", "no JSON array")]
    [InlineData("nonsense", "no JSON")]
    public async Task A_file_with_a_mistake_is_not_taken_at_all_and_the_job_says_why(string file, string words)
    {
        await using var files = await FileServer.StartAsync();
        await using var server = await CatalogServer.StartAsync();
        files.Files["/f.json"] = file;

        var job = await Run(server, "importJob", $$"""{"url":"{{files.Url}}/f.json"}""");

        job.Text("status").ShouldBe("Failed");
        job.Text("errorLog").ShouldContain(words);
        (await server.Web.Get($"{CatalogServer.Api}/serviceSpecification")).Array.ShouldBeEmpty();
        (await server.Web.Delete($"{CatalogServer.Api}/importJob/{job.Id}")).ShouldBe(204);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_must_not_or_cannot_be_fetched_is_refused_or_fails()
    {
        await using var files = await FileServer.StartAsync();
        await using var server = await CatalogServer.StartAsync();

        (await server.Web.Post($"{CatalogServer.Api}/importJob", """{"url":"http://10.0.0.1/f.json"}""")).ShouldBeError(400, "24");
        (await server.Web.Post($"{CatalogServer.Api}/importJob", """{"url":"file:///etc/passwd"}""")).ShouldBeError(400, "24");
        (await server.Web.Post($"{CatalogServer.Api}/importJob", "{}")).ShouldBeError(400, "23");
        (await server.Web.Post($"{CatalogServer.Api}/importJob", $$"""{"url":"{{files.Url}}/f.json","path":"/service"}""")).ShouldBeError(400, "24");
        (await server.Web.Post($"{CatalogServer.Api}/exportJob", $$"""{"url":"{{files.Url}}/f.json","query":"colour=red"}""")).ShouldBeError(400, "28");
        (await server.Web.Patch($"{CatalogServer.Api}/importJob/x", "{}")).ShouldBeError(405);
        (await Run(server, "importJob", $$"""{"url":"{{files.Url}}/missing.json"}""")).Text("errorLog").ShouldContain("answered 404");
    }

    internal static async Task<Answer> Run(TmfServer server, string resource, string body)
    {
        var created = (await server.Web.Post($"{CatalogServer.Api}/{resource}", body)).ShouldBe(201);
        created.Text("status").ShouldBe("Not Started");
        Answer job = created;
        await Until.Async(async () => (job = await server.Web.Get($"{CatalogServer.Api}/{resource}/{created.Id}")).Text("status") is "Succeeded" or "Failed");
        return job;
    }
}
