using NaaS.TmfRest.Tests.Support;

namespace NaaS.Catalog.Tests.Specifications;

/// <summary>TMF633 serviceSpecification over HTTP.</summary>
public sealed class SpecificationTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Path = $"{CatalogServer.Api}/serviceSpecification";
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => CatalogServer.StartAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_name_is_enough_and_the_rest_has_defaults()
    {
        var answer = await server.Web.Post(Path, """{"name":"minimal"}""");

        answer.ShouldBe(201);
        answer.Text("lifecycleStatus").ShouldBe("In study");
        answer.Text("isBundle").ShouldBe("false");
        answer.Text("version").ShouldBe("1.0");
        answer.Text("@type").ShouldBe("ServiceSpecification");
        answer.Text("lastUpdate").ShouldEndWith("Z");
    }

    [Theory]
    [InlineData("In study", "In design", 200)]
    [InlineData("in design", "InTest", 200)]
    [InlineData("In test", "Active", 200)]
    [InlineData("In test", "Rejected", 200)]
    [InlineData("In test", "In design", 200)]
    [InlineData("Active", "LAUNCHED", 200)]
    [InlineData("Launched", "Active", 200)]
    [InlineData("Launched", "Retired", 200)]
    [InlineData("Retired", "Obsolete", 200)]
    [InlineData("Retired", "Launched", 200)]
    [InlineData("In study", "Launched", 409)]
    [InlineData("Launched", "In design", 409)]
    [InlineData("Obsolete", "Active", 409)]
    [InlineData("Rejected", "In design", 409)]
    [InlineData("Active", "Sleeping", 400)]
    public async Task The_life_cycle_has_its_steps(string from, string to, int status)
    {
        var id = (await server.Web.Post(Path, $$"""{"name":"n","lifecycleStatus":"{{from}}"}""")).ShouldBe(201).Id;

        var answer = await server.Web.Patch($"{Path}/{id}", $$"""{"lifecycleStatus":"{{to}}"}""");

        answer.Code.ShouldBe(status);
        var stored = (await server.Web.Get($"{Path}/{id}")).Text("lifecycleStatus").Replace(" ", "", StringComparison.Ordinal);
        stored.ShouldBe((status == 200 ? to : from).Replace(" ", "", StringComparison.Ordinal), StringCompareShould.IgnoreCase);
    }

    [Theory]
    [InlineData("""{"specCharacteristic":[{"valueType":"TEXT"}]}""", "specCharacteristic: each needs a name")]
    [InlineData("""{"specCharacteristic":[{"name":"a"},{"name":"a"}]}""", "specCharacteristic: each needs a name")]
    [InlineData("""{"specCharacteristic":[{"name":"a","minCardinality":2,"maxCardinality":1}]}""", "specCharacteristic[a]: minCardinality")]
    [InlineData("""{"specCharacteristic":[{"name":"a","regex":"("}]}""", "specCharacteristic[a]: regex")]
    [InlineData("""{"specCharacteristic":[{"name":"a","characteristicValueSpecification":[{"valueFrom":5,"valueTo":1}]}]}""", "specCharacteristic[a]: valueFrom")]
    [InlineData("""{"specCharacteristic":[{"name":"a","characteristicValueSpecification":[{"rangeInterval":"wide"}]}]}""", "rangeInterval")]
    [InlineData("""{"serviceSpecRelationship":[{"id":"x"}]}""", "relationshipType")]
    [InlineData("""{"name":"","specCharacteristic":[{"name":"a","regex":"("},{"name":"b","minCardinality":-1}]}""", "name is missing; specCharacteristic[b]: minCardinality is above maxCardinality, or negative; specCharacteristic[a]: regex")]
    public async Task A_mistake_is_refused_with_all_its_causes(string body, string words)
    {
        var named = body.Contains("\"name\":\"\"", StringComparison.Ordinal) ? body : $$"""{"name":"n",{{body[1..]}}""";

        (await server.Web.Post(Path, named)).ShouldBeError(400, "24").Text("message").ShouldContain(words);
    }

    [Fact]
    public async Task Older_names_are_read_and_official_ones_written()
    {
        var answer = await server.Web.Post(Path, """
            {"name":"older","serviceSpecCharacteristic":[{"name":"cpu","valueType":"INTEGER","serviceSpecCharacteristicValue":[{"isDefault":true,"value":{"value":"1"}}]}]}
            """);

        answer.ShouldBe(201);
        answer.Text("specCharacteristic.0.characteristicValueSpecification.0.value.value").ShouldBe("1");
        answer.Object.ContainsKey("serviceSpecCharacteristic").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_in_use_cannot_be_deleted_and_what_is_not_takes_its_candidate_along()
    {
        var used = (await server.Web.Post(Path, """{"name":"used","lifecycleStatus":"Launched"}""")).Id;
        var part = (await server.Web.Post(Path, """{"name":"part"}""")).Id;
        await server.Web.Post(Path, $$"""{"name":"whole","isBundle":true,"serviceSpecRelationship":[{"id":"{{part}}","relationshipType":"dependency"}]}""");
        var service = (await server.Web.Post(CatalogServer.Services, $$"""{"name":"s","state":"active","serviceSpecification":{"id":"{{used}}"} }""")).Id;
        await server.Web.Post(CatalogServer.Services, $$"""{"name":"s","state":"terminated","serviceSpecification":{"id":"{{part}}"} }""");
        var free = (await server.Web.Post(Path, """{"name":"free","lifecycleStatus":"Launched"}""")).Id;

        (await server.Web.Delete($"{Path}/{used}")).ShouldBeError(409).Text("message").ShouldContain(service);
        (await server.Web.Delete($"{Path}/{part}")).ShouldBeError(409).Text("message").ShouldContain("serviceSpecification");
        (await server.Web.Delete($"{Path}/{free}")).ShouldBe(204);
        (await server.Web.Get($"{CatalogServer.Api}/serviceCandidate?serviceSpecification.id={free}")).Array.ShouldBeEmpty();
    }
}
