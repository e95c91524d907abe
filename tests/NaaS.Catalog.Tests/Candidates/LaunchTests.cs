using NaaS.TmfRest.Tests.Support;

namespace NaaS.Catalog.Tests.Candidates;

/// <summary>Launching, and what OpenSlice finds then: category, candidate, specification.</summary>
public abstract class LaunchTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Naas = $"{CatalogServer.Api}/serviceCategory/6e616153-0000-4000-8000-000000000001";
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => CatalogServer.StartAsync(kind));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_category_is_there_before_anything_is_launched_and_stays()
    {
        (await server.Web.Get(Naas)).ShouldBe(200).Text("name").ShouldBe("NaaS");
        (await server.Web.Delete(Naas)).ShouldBeError(409);
    }

    [Fact]
    public async Task A_launched_specification_is_found_from_the_category_and_only_once()
    {
        var path = $"{CatalogServer.Api}/serviceSpecification";
        var id = (await server.Web.Post(path, """{"name":"cms","version":"2.0","lifecycleStatus":"Active"}""")).Id;
        (await Candidates(id)).ShouldBeEmpty();

        foreach (var status in new[] { "Launched", "Retired", "Launched" })
        {
            (await server.Web.Patch($"{path}/{id}", $$"""{"lifecycleStatus":"{{status}}"}""")).ShouldBe(200);
        }

        var candidate = (await Candidates(id)).ShouldHaveSingleItem()!;
        candidate["category"]![0]!["id"]!.GetValue<string>().ShouldBe(Naas.Split('/')[^1]);
        var listed = (await server.Web.Get(Naas)).Object["serviceCandidate"]!.AsArray().Single(entry => entry!["id"]!.GetValue<string>() == candidate["id"]!.GetValue<string>())!;
        listed["name"]!.GetValue<string>().ShouldBe("cms");
        listed["version"]!.GetValue<string>().ShouldBe("2.0");
    }

    [Fact]
    public async Task A_candidate_moves_between_categories_and_leaves_them_with_its_end()
    {
        var (first, second) = (await Category("first"), await Category("second"));
        var candidate = (await server.Web.Post(
            $"{CatalogServer.Api}/serviceCandidate", $$"""{"name":"c","serviceSpecification":{"id":"s"},"category":[{"id":"{{first}}"},{"id":"unknown"}]}""")).ShouldBe(201).Id;
        (await Listed(first)).ShouldBe(candidate);
        (await server.Web.Delete($"{CatalogServer.Api}/serviceCategory/{first}")).ShouldBeError(409);

        await server.Web.Patch($"{CatalogServer.Api}/serviceCandidate/{candidate}", $$"""{"category":[{"id":"{{second}}"}]}""");
        (await Listed(first)).ShouldBe("");
        (await Listed(second)).ShouldBe(candidate);

        (await server.Web.Delete($"{CatalogServer.Api}/serviceCandidate/{candidate}")).ShouldBe(204);
        (await Listed(second)).ShouldBe("");
        (await server.Web.Delete($"{CatalogServer.Api}/serviceCategory/{second}")).ShouldBe(204);
    }

    [Theory]
    [InlineData("serviceCandidate", """{"name":"c"}""")]
    [InlineData("serviceCandidate", """{"name":"c","serviceSpecification":{}}""")]
    [InlineData("serviceCategory", "{}")]
    [InlineData("serviceCatalog", """{"description":"d"}""")]
    public async Task What_is_mandatory_is_demanded(string resource, string body) =>
        (await server.Web.Post($"{CatalogServer.Api}/{resource}", body)).ShouldBeError(400, "23");

    [Fact]
    public async Task A_catalogue_is_kept()
    {
        var path = $"{CatalogServer.Api}/serviceCatalog";
        var id = (await server.Web.Post(path, """{"name":"all","category":[{"id":"c1","name":"NaaS"}],"relatedParty":[{"id":"p","role":"owner"}]}""")).ShouldBe(201).Id;

        (await server.Web.Patch($"{path}/{id}", """{"description":"everything"}""")).ShouldBe(200);
        (await server.Web.Get($"{path}?category.name=NaaS")).Text("0.description").ShouldBe("everything");
        (await server.Web.Delete($"{path}/{id}")).ShouldBe(204);
    }

    private async Task<System.Text.Json.Nodes.JsonArray> Candidates(string specification) =>
        (await server.Web.Get($"{CatalogServer.Api}/serviceCandidate?serviceSpecification.id={specification}")).Array;

    private async Task<string> Category(string name) => (await server.Web.Post($"{CatalogServer.Api}/serviceCategory", $$"""{"name":"{{name}}"}""")).ShouldBe(201).Id;

    private async Task<string> Listed(string category) =>
        string.Join(' ', (await server.Web.Get($"{CatalogServer.Api}/serviceCategory/{category}")).Object["serviceCandidate"]!.AsArray().Select(entry => entry!["id"]!.GetValue<string>()));
}

public sealed class SqliteLaunchTests(SharedServer shared) : LaunchTests(Database.Sqlite, shared);

public sealed class PostgresLaunchTests(SharedServer shared) : LaunchTests(Database.Postgres, shared);
