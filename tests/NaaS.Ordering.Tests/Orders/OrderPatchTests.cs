using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

public sealed class OrderPatchTests
{
    [Fact]
    public async Task What_is_around_an_order_can_be_changed_while_it_runs()
    {
        await using var front = await Front.StartAsync();
        var order = await RunningAsync(front);
        var (status, patched) = await front.PatchAsync(OrderLifeTests.Path(order), Samples.Parse("""{"description":"second wish","priority":"1","note":[{"author":"a","text":"hurry","date":"2026-01-01T00:00:00Z"}]}"""));
        status.ShouldBe(HttpStatusCode.OK);
        patched["description"]!.GetValue<string>().ShouldBe("second wish");
        (status, patched) = await front.PatchAsync(
            OrderLifeTests.Path(order), JsonNode.Parse("""[{"op":"replace","path":"/serviceOrderItem/quantity?serviceOrderItem.id=1","value":2}]""")!, "application/json-patch-query+json");
        status.ShouldBe(HttpStatusCode.OK, patched.ToJsonString());
        patched["serviceOrderItem"]![0]!["quantity"]!.GetValue<int>().ShouldBe(2);
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("""{"requestedStartDate":"2030-01-01T00:00:00Z"}""", HttpStatusCode.Conflict, "requestedStartDate")]
    [InlineData("""{"state":"completed"}""", HttpStatusCode.Conflict, "completed")]
    [InlineData("""{"state":"cancelled"}""", HttpStatusCode.Conflict, "cancelServiceOrder")]
    [InlineData("""{"serviceOrderItem":[]}""", HttpStatusCode.Conflict, "cancelServiceOrder")]
    [InlineData("""{"id":"x","orderDate":"2020-01-01T00:00:00Z","category":"other"}""", HttpStatusCode.BadRequest, "category")]
    public async Task What_an_order_is_cannot_be_changed_while_it_runs(string patch, HttpStatusCode expected, string reason)
    {
        await using var front = await Front.StartAsync();
        var order = await RunningAsync(front);
        var (status, error) = await front.PatchAsync(OrderLifeTests.Path(order), JsonNode.Parse(patch)!);
        status.ShouldBe(expected);
        error["message"]!.GetValue<string>().ShouldContain(reason);
    }

    [Fact]
    public async Task Of_an_order_that_has_ended_only_notes_and_references_can_be_changed()
    {
        await using var front = await Front.StartAsync();
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order("nothing"));
        (await front.PatchAsync(OrderLifeTests.Path(order), Samples.Parse("""{"description":"x"}"""))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await front.PatchAsync(OrderLifeTests.Path(order), Samples.Parse("""{"note":[{"author":"a","text":"b","date":"2026-01-01T00:00:00Z"}]}"""))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_order_that_waits_can_be_brought_forward_or_cancelled()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var later = Samples.Order(specification);
        later["requestedStartDate"] = "2099-01-01T00:00:00Z";
        var (_, first) = await front.PostAsync(Front.Orders, later);
        var (_, second) = await front.PostAsync(Front.Orders, later.DeepClone());
        await front.PatchAsync(OrderLifeTests.Path(first), new JsonObject { ["requestedStartDate"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O") });
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem().ServiceId.ToString().ShouldBe(OrderLifeTests.ServiceId(first));

        var (status, cancelled) = await front.PatchAsync(OrderLifeTests.Path(second), Samples.Parse("""{"state":"cancelled"}"""));
        status.ShouldBe(HttpStatusCode.OK);
        cancelled["state"]!.GetValue<string>().ShouldBe("cancelled");
        cancelled["cancellationDate"].ShouldNotBeNull();
        (await front.GetAsync($"{Front.Services}/{OrderLifeTests.ServiceId(second)}"))["state"]!.GetValue<string>().ShouldBe("terminated");
    }

    [Fact]
    public async Task What_the_items_of_an_order_ask_for_can_be_changed_before_it_begins()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var wanted = Samples.Order(specification, ("values.replicas", 2), ("values.password", "geheim"));
        wanted["requestedStartDate"] = front.Now.AddHours(1).ToString("O");
        wanted["serviceOrderItem"]!.AsArray().Add(Samples.Item("2", "add", new JsonObject { ["name"] = "other", ["serviceSpecification"] = new JsonObject { ["id"] = specification } }));
        var (_, order) = await front.PostAsync(Front.Orders, wanted);
        var (kept, dropped) = (OrderLifeTests.ServiceId(order), order["serviceOrderItem"]![1]!["service"]!["id"]!.GetValue<string>());

        // The client sends back what it has read, with *** for the secret, one value changed and one item left out.
        var items = order["serviceOrderItem"]!.DeepClone().AsArray();
        items.RemoveAt(1);
        items[0]!["service"]!["serviceCharacteristic"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "values.replicas")!["value"] = 7;
        var (status, patched) = await front.PatchAsync(OrderLifeTests.Path(order), new JsonObject { ["serviceOrderItem"] = items });

        status.ShouldBe(HttpStatusCode.OK, patched.ToJsonString());
        OrderLifeTests.ServiceId(patched).ShouldBe(kept);
        patched.ToJsonString().ShouldNotContain("geheim");
        (await front.GetAsync($"{Front.Services}/{dropped}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        Samples.Value(await front.GetAsync($"{Front.Services}/{kept}"), "values.replicas").ShouldBe("7");
        await front.PassAsync(TimeSpan.FromHours(1));
        var command = (await front.UntilCommandAsync<ChangeService>()).ShouldHaveSingleItem();
        command.ServiceId.ToString().ShouldBe(kept);
        command.Characteristics.ShouldContain(one => one.Name == "values.replicas" && one.Value == "7");
        command.Characteristics.ShouldContain(one => one.Name == "values.password" && one.Value == "geheim");
    }

    [Fact]
    public async Task Items_that_catalogue_or_shape_refuse_leave_the_order_as_it_was()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var wanted = Samples.Order(specification, ("values.replicas", 2));
        wanted["requestedStartDate"] = "2099-01-01T00:00:00Z";
        var (_, order) = await front.PostAsync(Front.Orders, wanted);
        foreach (var (items, reason) in new[]
        {
            (Samples.Order(specification, ("values.replicas", 70)), "70 is not in [1,10]"), (Samples.Order("nothing"), "no service specification nothing"),
            (new JsonObject { ["serviceOrderItem"] = new JsonArray(Samples.Item("1", "modify", [])) }, "service.id is missing"),
        })
        {
            var (status, error) = await front.PatchAsync(OrderLifeTests.Path(order), items);
            status.ShouldBe(HttpStatusCode.BadRequest, error.ToJsonString());
            error["message"]!.GetValue<string>().ShouldContain(reason);
        }

        var same = await front.GetAsync(OrderLifeTests.Path(order));
        JsonNode.DeepEquals(same["serviceOrderItem"], order["serviceOrderItem"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_what_is_over_or_has_not_begun_can_be_deleted()
    {
        await using var front = await Front.StartAsync();
        var running = await RunningAsync(front);
        (await front.SendAsync(HttpMethod.Delete, OrderLifeTests.Path(running))).Status.ShouldBe(HttpStatusCode.Conflict);
        var (_, rejected) = await front.PostAsync(Front.Orders, Samples.Order("nothing"));
        (await front.SendAsync(HttpMethod.Delete, OrderLifeTests.Path(rejected))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await front.SendAsync(HttpMethod.Get, OrderLifeTests.Path(rejected))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    internal static async Task<JsonObject> RunningAsync(Front front)
    {
        var specification = await front.PublishAsync(Samples.Specification());
        var wanted = Samples.Order(specification);
        wanted["serviceOrderItem"]![0]!["quantity"] = 1;
        var (_, order) = await front.PostAsync(Front.Orders, wanted);
        await front.ReportAsync(Samples.Report((await front.CommandsAsync<ChangeService>())[^1], 1, Rollout.Designed));
        return order;
    }
}
