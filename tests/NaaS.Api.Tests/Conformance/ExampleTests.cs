using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance;

/// <summary>The example payloads beside the project are taken, and the answers are valid by TM Forum's schemas.</summary>
public sealed class ExampleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Ordering = "/tmf-api/serviceOrdering/v4/serviceOrder";
    private const string Catalogue = "/tmf-api/serviceCatalogManagement/v4";
    private const string Inventory = "/tmf-api/serviceInventory/v4/service";

    [Theory]
    [InlineData("order-01-add.request.json", Ordering, "ServiceOrder")]
    [InlineData("order-02-add-minimal.request.json", Ordering, "ServiceOrder")]
    [InlineData("order-09-dependent-items.request.json", Ordering, "ServiceOrder")]
    [InlineData("order-11-dates-parties-references.request.json", Ordering, "ServiceOrder")]
    [InlineData("order-12-bundle-nested-items.request.json", Ordering, "ServiceOrder")]
    [InlineData("spec-01-all-characteristics.request.json", $"{Catalogue}/serviceSpecification", "ServiceSpecification")]
    [InlineData("spec-03-minimal.request.json", $"{Catalogue}/serviceSpecification", "ServiceSpecification")]
    [InlineData("spec-04-bundle.request.json", $"{Catalogue}/serviceSpecification", "ServiceSpecification")]
    [InlineData("spec-06-new-version.request.json", $"{Catalogue}/serviceSpecification", "ServiceSpecification")]
    [InlineData("category-01.request.json", $"{Catalogue}/serviceCategory", "ServiceCategory")]
    [InlineData("candidate-01.request.json", $"{Catalogue}/serviceCandidate", "ServiceCandidate")]
    [InlineData("catalog-01.request.json", $"{Catalogue}/serviceCatalog", "ServiceCatalog")]
    [InlineData("service-01-create.request.json", Inventory, "Service")]
    public async Task A_request_is_taken_and_answered_by_the_official_schema(string file, string path, string definition)
    {
        var body = await File.ReadAllTextAsync(Repository.Official($"examples/{file}"), TestContext.Current.CancellationToken);
        var server = await shared.GetAsync(() => ApiServer.StartAsync());

        var created = await server.Web.Post(path, body);
        created.ShouldBe(201);
        var read = await server.Web.Get($"{path}/{created.Id}");
        var list = await server.Web.Get(path);

        (await OfficialSchemas.ErrorsAsync(path, definition, created.Body)).ShouldBeEmpty(created.Body!.ToJsonString());
        (await OfficialSchemas.ErrorsAsync(path, definition, read.Body)).ShouldBeEmpty(read.Body!.ToJsonString());
        foreach (var element in list.Array)
        {
            (await OfficialSchemas.ErrorsAsync(path, definition, element)).ShouldBeEmpty(element!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("order-10-dependency-cycle.request.json")]
    public async Task A_request_that_is_wrong_on_purpose_is_refused(string file)
    {
        var body = await File.ReadAllTextAsync(Repository.Official($"examples/{file}"), TestContext.Current.CancellationToken);
        var server = await shared.GetAsync(() => ApiServer.StartAsync());

        (await server.Web.Post(Ordering, body)).ShouldBeError(400);
    }

    [Theory]
    [InlineData("order-16-patch-merge.request.json", "application/merge-patch+json", 200)]
    [InlineData("order-16-patch-merge.request.json", "application/json", 200)]
    [InlineData("order-17-patch-not-allowed.request.json", "application/merge-patch+json", 400)]
    [InlineData("order-18-patch-json-patch.request.json", "application/json-patch+json", 200)]
    public async Task A_patch_of_an_order_is_answered_as_it_should(string file, string mediaType, int status)
    {
        var patch = await File.ReadAllTextAsync(Repository.Official($"examples/{file}"), TestContext.Current.CancellationToken);
        var server = await shared.GetAsync(() => ApiServer.StartAsync());
        var specification = (await server.Web.Post($"{Catalogue}/serviceSpecification", """{"name":"orderable","lifecycleStatus":"Launched"}""")).ShouldBe(201).Id;
        var order = $$"""
            {"requestedStartDate":"2090-01-01T00:00:00Z","priority":"3","note":[{"text":"first","author":"a","date":"2026-11-24T09:00:00Z"}],
             "serviceOrderItem":[{"id":"1","action":"add","service":{"serviceSpecification":{"id":"{{specification}}"} } }]}
            """;
        var placed = (await server.Web.Post(Ordering, order)).ShouldBe(201);
        var id = placed.Id;
        patch = patch.Replace("\"acknowledged\"", $"\"{placed.Text("state")}\"", StringComparison.Ordinal);

        var answer = await server.Web.Patch($"{Ordering}/{id}", patch, mediaType);

        answer.Code.ShouldBe(status, answer.Body?.ToJsonString());
        (await OfficialSchemas.ErrorsAsync(Ordering, status == 200 ? "ServiceOrder" : "Error", answer.Body)).ShouldBeEmpty(answer.Body!.ToJsonString());
    }
}
