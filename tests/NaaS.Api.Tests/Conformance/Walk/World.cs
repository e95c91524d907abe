using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using NaaS.Contracts;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>The running API, a listener at each of its hubs, and the worker, whose part the walk plays.</summary>
internal sealed class World(TmfServer server, Listener listener) : IAsyncDisposable
{
    public const string Catalogue = "/tmf-api/serviceCatalogManagement/v4";
    public const string Ordering = "/tmf-api/serviceOrdering/v4";
    public const string Inventory = "/tmf-api/serviceInventory/v4";

    public Web Web => server.Web;

    public Listener Listener => listener;

    public string Root => server.Root;

    public static async Task<World> StartAsync(string kind)
    {
        var listener = await Listener.StartAsync();
        var world = new World(await ApiServer.StartAsync(kind), listener);
        foreach (var api in new[] { Catalogue, Ordering, Inventory })
        {
            (await world.Web.Post($"{api}/hub", new JsonObject { ["callback"] = $"{listener.Url}/all" }.ToJsonString())).ShouldBe(201);
        }

        return world;
    }

    /// <summary>A specification that can be ordered.</summary>
    public async Task<string> SpecificationAsync() =>
        (await Web.Post($"{Catalogue}/serviceSpecification", """{"name":"orderable","lifecycleStatus":"Active"}""")).ShouldBe(201).Id;

    /// <summary>The body of an order that is taken.</summary>
    public async Task<JsonObject> OrderAsync(bool later)
    {
        var order = new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(new JsonObject
            {
                ["id"] = "1",
                ["action"] = "add",
                ["service"] = new JsonObject { ["serviceSpecification"] = new JsonObject { ["id"] = await SpecificationAsync() } },
            }),
        };
        if (later)
        {
            order["requestedStartDate"] = "2090-01-01T00:00:00Z";
        }

        return order;
    }

    /// <summary>Reports as the worker does.</summary>
    public async Task ReportAsync(string orderId, params Rollout[] rollouts)
    {
        var order = (await Web.Get($"{Ordering}/serviceOrder/{orderId}")).ShouldBe(200);
        var service = Guid.Parse(order.Text("serviceOrderItem.0.service.id"));
        var bus = server.Services.GetRequiredService<IBus>();
        for (var number = 0; number < rollouts.Length; number++)
        {
            var report = new ServiceReported(
                service, number + 1, 1, 1, new Cause(CauseKind.Order, orderId, "1"), rollouts[number], "No cluster matches", [], DateTimeOffset.UtcNow);
            var milestone = rollouts[number] switch
            {
                Rollout.Designed => "designed",
                Rollout.Placed => "placed",
                Rollout.Delivered => "delivered",
                Rollout.Good => "ready",
                _ => null,
            };
            await bus.Publish(report, TestContext.Current.CancellationToken);
            await Until.Async(async () =>
            {
                var now = (await Web.Get($"{Ordering}/serviceOrder/{orderId}")).Object;
                return milestone is null ? now["jeopardyAlert"] is not null : now["milestone"]?.AsArray().Any(one => one!["name"]!.GetValue<string>() == milestone) == true;
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await listener.DisposeAsync();
    }
}
