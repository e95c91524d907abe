using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Services;

public sealed class ServiceTests
{
    [Fact]
    public async Task A_posted_service_is_recorded_and_nothing_is_deployed()
    {
        await using var front = await Front.StartAsync();
        var (status, service) = await front.PostAsync(Front.Services, Recorded());
        status.ShouldBe(HttpStatusCode.Created);
        service["serviceDate"].ShouldNotBeNull();
        service["href"]!.GetValue<string>().ShouldEndWith(service["id"]!.GetValue<string>());
        service["serviceCharacteristic"]![0]!["value"]!["MaxTxRate"]!.GetValue<int>().ShouldBe(300);
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
        (await front.EventsAsync()).ShouldHaveSingleItem().Type.ShouldBe("ServiceCreateEvent");
        var path = $"{Front.Services}/{service["id"]}";
        var (_, patched) = await front.PatchAsync(path, Samples.Parse("""{"serviceCharacteristic":[{"name":"vCPE","value":1}],"state":"inactive"}"""));
        patched["state"]!.GetValue<string>().ShouldBe("inactive");
        patched["serviceCharacteristic"]![0]!["value"]!.GetValue<int>().ShouldBe(1);
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
        (await front.GetAsync($"{path}/revision"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"state":"active"}""", "serviceSpecification")]
    [InlineData("""{"serviceSpecification":{"id":"x"}}""", "state")]
    [InlineData("""{"state":"running","serviceSpecification":{"id":"x"}}""", "state")]
    public async Task State_and_specification_are_mandatory(string body, string named)
    {
        await using var front = await Front.StartAsync();
        var (status, error) = await front.PostAsync(Front.Services, JsonNode.Parse(body)!);
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain(named);
    }

    [Fact]
    public async Task A_step_that_the_table_of_states_does_not_have_is_a_409()
    {
        await using var front = await Front.StartAsync();
        var (_, service) = await front.PostAsync(Front.Services, Recorded());
        var path = $"{Front.Services}/{service["id"]}";
        var (status, error) = await front.PatchAsync(path, Samples.Parse("""{"state":"designed"}"""));
        status.ShouldBe(HttpStatusCode.Conflict);
        error["message"]!.GetValue<string>().ShouldContain("active cannot become designed");
        (await front.PatchAsync($"/openslice{path}", Samples.Parse("""{"state":"designed"}"""))).Status.ShouldBe(HttpStatusCode.OK);
        (await front.GetAsync(path))["state"]!.GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task Only_a_terminated_service_can_be_deleted()
    {
        await using var front = await Front.StartAsync();
        var (_, service) = await front.PostAsync(Front.Services, Recorded());
        var path = $"{Front.Services}/{service["id"]}";
        (await front.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.Conflict);
        await front.PatchAsync(path, Samples.Parse("""{"state":"terminated"}"""));
        (await front.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await front.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.SendAsync(HttpMethod.Get, $"{path}/revision")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_we_keep_beside_services_is_not_served()
    {
        await using var front = await Front.StartAsync();
        (await front.SendAsync(HttpMethod.Get, "/tmf-api/serviceInventory/v4/serviceWish")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.SendAsync(HttpMethod.Get, "/tmf-api/serviceOrdering/v4/orderPlan")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static JsonObject Recorded() => Samples.Parse("""
        {"name":"vCPE","state":"active","serviceSpecification":{"id":"1212","name":"vCPE","version":"1.0.0"},
         "serviceCharacteristic":[{"name":"vCPE","valueType":"object","value":{"MaxTxRate":300}}],"extra":{"kept":true}}
        """);
}
