using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests;

/// <summary>The way OpenSlice imports a partner's catalogue (facts: GenericClient, FetchPartnerOrganizations).</summary>
public sealed class OpenSliceCatalogueTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Api = "/openslice/tmf-api/serviceCatalogManagement/v4";

    [Fact]
    public async Task From_the_category_over_the_candidate_to_the_specification()
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync());
        var launched = await server.Web.Post("/tmf-api/serviceCatalogManagement/v4/serviceSpecification", """
            {"name":"cms","version":"1.0.0","lifecycleStatus":"Launched","@type":"CustomerFacingServiceSpecification",
             "specCharacteristic":[{"name":"values.replicaCount","valueType":"INTEGER","configurable":true,"minCardinality":0,"maxCardinality":1,
               "characteristicValueSpecification":[{"isDefault":true,"valueType":"INTEGER","value":2,"valueFrom":1,"valueTo":10}]}]}
            """);

        var category = await server.Web.Get($"{Api}/serviceCategory/6e616153-0000-4000-8000-000000000001");
        var listed = category.ShouldBe(200).Object["serviceCandidate"]!.AsArray().Single(entry => entry!["name"]!.GetValue<string>() == "cms")!;
        var candidate = await server.Web.Get($"{Api}/serviceCandidate/{listed["id"]}");
        var specification = await server.Web.Get($"{Api}/serviceSpecification/{candidate.ShouldBe(200).Text("serviceSpecification.id")}");
        var list = await server.Web.Get($"{Api}/serviceSpecification?type=CustomerFacingServiceSpecification");

        category.Object["category"].ShouldNotBeNull();
        specification.ShouldBe(200).Id.ShouldBe(launched.Id);
        specification.Text("uuid").ShouldBe(launched.Id);
        specification.Text("href").ShouldContain("/openslice/");
        specification.Text("serviceSpecCharacteristic.0.serviceSpecCharacteristicValue.0.value.value").ShouldBe("2");
        list.Array.ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(launched.Id);
    }

    [Theory, InlineData("/"), InlineData("/null")]
    public async Task A_missing_id_gets_a_quick_answer(string end)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync());

        (await server.Web.Get($"{Api}/serviceSpecification{end}")).Code.ShouldBeInRange(200, 499);
    }
}
