using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>The example payloads beside the official files.</summary>
public sealed class PublishedExampleTests
{
    [Theory]
    [InlineData("order-01-add", "acknowledged")]
    [InlineData("order-02-add-minimal", "acknowledged")]
    [InlineData("order-09-dependent-items", "pending")]
    [InlineData("order-12-bundle-nested-items", "pending")]
    public async Task Orders_for_known_specifications_are_taken(string name, string state)
    {
        await using var front = await StartAsync();
        var (status, order) = await front.PostAsync(Front.Orders, Example(name));
        status.ShouldBe(HttpStatusCode.Created, order.ToJsonString());
        order["state"]!.GetValue<string>().ShouldBe(state, order.ToJsonString());
        (await front.CommandsAsync<ChangeService>()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_circle_is_refused_at_the_door()
    {
        await using var front = await StartAsync();
        (await front.PostAsync(Front.Orders, Example("order-10-dependency-cycle"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Every_attribute_of_an_order_is_kept()
    {
        await using var front = await StartAsync();
        var sent = Example("order-11-dates-parties-references");
        var (status, order) = await front.PostAsync(Front.Orders, sent);
        status.ShouldBe(HttpStatusCode.Created, order.ToJsonString());
        foreach (var (name, value) in sent.Where(member => member.Key is not ("serviceOrderItem" or "note")))
        {
            JsonNode.DeepEquals(order[name], value).ShouldBeTrue($"{name}: {order[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task An_order_is_patched_in_all_media_types()
    {
        await using var front = await StartAsync();
        var (_, order) = await front.PostAsync(Front.Orders, Example("order-01-add"));
        var path = OrderLifeTests.Path(order);
        var (status, patched) = await front.PatchAsync(path, Example("order-16-patch-merge"), "application/merge-patch+json");
        status.ShouldBe(HttpStatusCode.OK, patched.ToJsonString());
        (await front.PatchAsync(path, Example("order-17-patch-not-allowed"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (status, patched) = await front.PatchAsync(path, Reference.Node("tmf", "examples", "order-18-patch-json-patch.request.json"), "application/json-patch+json");
        status.ShouldBe(HttpStatusCode.OK, patched.ToJsonString());
        patched["note"]!.AsArray().Count.ShouldBe(2);
    }

    private static async Task<Front> StartAsync()
    {
        var first = Reference.Json("tmf", "examples", "spec-01-all-characteristics.request.json");
        first["id"] = "6f1f0b7e-4f0c-4a39-9d0e-3a1d7c7f5a10";
        first["lifecycleStatus"] = "Active";
        var second = Samples.Parse("""{"id":"0c2c9a52-1f53-4d5e-8f6b-5b7f0c1f9d22","name":"Other","lifecycleStatus":"Launched"}""");
        var front = await Front.StartAsync();
        await front.PublishAsync(first);
        await front.PublishAsync(second);
        return front;
    }

    private static JsonObject Example(string name) => Reference.Json("tmf", "examples", $"{name}.request.json");
}
