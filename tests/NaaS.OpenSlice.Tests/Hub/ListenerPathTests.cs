using System.Text.Json.Nodes;
using NaaS.OpenSlice.Tests.Hosting;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace NaaS.OpenSlice.Tests.Hub;

/// <summary>A customer that is a TMF server itself, called back the way OpenSlice's own hub calls back.</summary>
public sealed class ListenerPathTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_hub_registered_in_OpenSlices_way_is_called_at_a_path_for_each_event()
    {
        using var customer = WireMockServer.Start();
        customer.Given(Request.Create().UsingPost()).RespondWith(Response.Create().WithStatusCode(200));
        await using var naas = await Naas.StartAsync([]);
        var subscription = new JsonObject { ["callback"] = $"{customer.Url}/osl", ["query"] = "eventType=serviceSpecificationChangeEvent" };

        var reply = await naas.SendAsync(HttpMethod.Post, "/openslice/tmf-api/serviceCatalogManagement/v4/hub", subscription);
        var specification = await naas.PublishAsync("shop", Samples.Application);
        await naas.SendAsync(HttpMethod.Patch, $"/tmf-api/serviceCatalogManagement/v4/serviceSpecification/{specification}", new JsonObject { ["description"] = "new" });

        reply["id"].ShouldNotBeNull();
        reply["callback"]!.ToString().ShouldBe($"{customer.Url}/osl");
        reply["query"]!.ToString().ShouldBe("eventType=serviceSpecificationChangeEvent");
        await Naas.UntilAsync(() => customer.LogEntries.Count > 0, "no callback came");
        var call = customer.LogEntries[0].RequestMessage!;
        call.Path.ShouldBe("/osl/listener/serviceSpecificationChangeEvent");
        call.Headers!.ShouldNotContainKey("Authorization");
        var carried = JsonNode.Parse(call.Body!)!["event"]!["serviceSpecification"]!;
        carried["uuid"]!.ToString().ShouldBe(specification);
        carried["serviceSpecCharacteristic"].ShouldNotBeNull("the event speaks OpenSlice's dialect");
    }
}
