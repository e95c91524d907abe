using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance;

/// <summary>Every event that arrives at a listener is valid by TM Forum's schema of its type.</summary>
public sealed class EventTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory(Timeout = 60_000)]
    [InlineData("/tmf-api/serviceCatalogManagement/v4", "serviceSpecification", """{"name":"n"}""", """{"lifecycleStatus":"In design"}""", "ServiceSpecificationCreateEvent ServiceSpecificationChangeEvent ServiceSpecificationDeleteEvent")]
    [InlineData("/tmf-api/serviceCatalogManagement/v4", "serviceCategory", """{"name":"n"}""", """{"description":"d"}""", "ServiceCategoryCreateEvent ServiceCategoryChangeEvent ServiceCategoryDeleteEvent")]
    [InlineData("/tmf-api/serviceCatalogManagement/v4", "serviceCandidate", """{"name":"n","serviceSpecification":{"id":"1"}}""", """{"description":"d"}""", "ServiceCandidateCreateEvent ServiceCandidateChangeEvent ServiceCandidateDeleteEvent")]
    [InlineData("/tmf-api/serviceCatalogManagement/v4", "serviceCatalog", """{"name":"n"}""", """{"description":"d"}""", "ServiceCatalogCreateEvent ServiceCatalogChangeEvent ServiceCatalogDeleteEvent")]
    [InlineData("/tmf-api/serviceInventory/v4", "service", """{"state":"active","serviceSpecification":{"id":"1"}}""", """{"state":"terminated","description":"d"}""", "ServiceCreateEvent ServiceStateChangeEvent ServiceAttributeValueChangeEvent ServiceDeleteEvent")]
    [InlineData("/tmf-api/serviceOrdering/v4", "serviceOrder", """{"serviceOrderItem":[{"id":"1","action":"add","service":{"serviceSpecification":{"id":"unknown"}}}]}""", """{"note":[{"text":"t","author":"a","date":"2026-11-24T09:00:00Z"}]}""", "ServiceOrderCreateEvent ServiceOrderAttributeValueChangeEvent ServiceOrderDeleteEvent")]
    public async Task Changes_of_a_resource_arrive_in_the_official_form(string api, string resource, string body, string patch, string types)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync());
        await using var listener = await Listener.StartAsync();
        (await server.Web.Post($"{api}/hub", $$"""{"callback":"{{listener.Url}}/{{resource}}"}""")).ShouldBe(201);

        var id = (await server.Web.Post($"{api}/{resource}", body)).ShouldBe(201).Id;
        (await server.Web.Patch($"{api}/{resource}/{id}", patch)).ShouldBe(200);
        (await server.Web.Delete($"{api}/{resource}/{id}")).ShouldBe(204);

        var wanted = types.Split(' ');
        await Until.Async(() => listener.Received.Any(received => received.Body["eventType"]!.GetValue<string>() == wanted[^1]));
        var events = listener.Received.Select(received => received.Body).Where(envelope => envelope["event"]![resource] is { } carried && carried["id"]!.GetValue<string>() == id).ToList();
        events.Select(envelope => envelope["eventType"]!.GetValue<string>()).Where(wanted.Contains).Distinct().ShouldBe(wanted);
        foreach (var envelope in events)
        {
            (await OfficialSchemas.ErrorsAsync(api, envelope["eventType"]!.GetValue<string>(), envelope)).ShouldBeEmpty(envelope.ToJsonString());
        }
    }
}
