using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>Orders that wait for other orders.</summary>
public sealed class OtherOrderTests
{
    [Fact]
    public async Task An_order_waits_until_the_one_that_it_depends_on_is_completed()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, first) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        var (_, second) = await front.PostAsync(Front.Orders, After(specification, first));
        OrderLifeTests.State(second).ShouldBe("pending");
        var made = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        await front.ReportAsync(Samples.Report(made, 1, Rollout.Good));

        await front.UntilAsync(OrderLifeTests.Path(second), order => OrderLifeTests.State(order) == "inProgress");
        (await front.CommandsAsync<ChangeService>())[^1].ServiceId.ToString().ShouldBe(OrderLifeTests.ServiceId(second));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_order_whose_dependency_fails_or_is_deleted_is_cancelled_and_says_why(bool deleted)
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var wanted = Samples.Order(specification);
        wanted["requestedStartDate"] = deleted ? "2099-01-01T00:00:00Z" : null;
        var (_, first) = await front.PostAsync(Front.Orders, wanted);
        var (_, second) = await front.PostAsync(Front.Orders, After(specification, first));

        if (deleted)
        {
            (await front.SendAsync(HttpMethod.Delete, OrderLifeTests.Path(first))).Status.ShouldBe(HttpStatusCode.NoContent);
        }
        else
        {
            await front.ReportAsync(Samples.Report((await front.CommandsAsync<ChangeService>())[0], 1, Rollout.Terminated, "web on c1: ImagePullBackOff"));
        }

        var cancelled = await front.UntilAsync(OrderLifeTests.Path(second), order => OrderLifeTests.State(order) == "cancelled");
        cancelled["errorMessage"]![0]!["reason"]!.GetValue<string>().ShouldContain(first["id"]!.GetValue<string>());
        (await front.GetAsync($"{Front.Services}/{OrderLifeTests.ServiceId(second)}"))["state"]!.GetValue<string>().ShouldBe("terminated");
    }

    [Fact]
    public async Task An_item_waits_for_an_item_of_another_order_only()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var two = Samples.Order(specification);
        two["serviceOrderItem"]!.AsArray().Add(Samples.Item("2", "add", new JsonObject { ["serviceSpecification"] = new JsonObject { ["id"] = specification } }));
        var (_, first) = await front.PostAsync(Front.Orders, two);
        var made = await front.CommandsAsync<ChangeService>();
        var order = Samples.Order(specification);
        order["serviceOrderItem"]![0]!["serviceOrderItemRelationship"] = new JsonArray(new JsonObject
        {
            ["relationshipType"] = "dependency",
            ["orderItem"] = new JsonObject { ["serviceOrderId"] = first["id"]!.GetValue<string>(), ["itemId"] = "2" },
        });
        var (_, second) = await front.PostAsync(Front.Orders, order);
        OrderLifeTests.State(second).ShouldBe("pending");

        await front.ReportAsync(Samples.Report(made.Single(command => command.Cause.ItemId == "2"), 1, Rollout.Good));

        await front.UntilAsync(OrderLifeTests.Path(second), waiting => OrderLifeTests.State(waiting) == "inProgress");
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(first))).ShouldBe("inProgress");
    }

    [Fact]
    public async Task An_order_that_depends_on_one_that_is_not_there_is_rejected_and_a_cross_reference_is_not_looked_up()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, rejected) = await front.PostAsync(Front.Orders, After(specification, new JsonObject { ["id"] = "nowhere" }));
        status.ShouldBe(HttpStatusCode.Created);
        OrderLifeTests.State(rejected).ShouldBe("rejected");
        rejected["errorMessage"]![0]!["code"]!.GetValue<string>().ShouldBe("unknown-order");

        var crossed = After(specification, new JsonObject { ["id"] = "nowhere" });
        crossed["orderRelationship"]![0]!["relationshipType"] = "cross-ref";
        OrderLifeTests.State((await front.PostAsync(Front.Orders, crossed)).Body).ShouldBe("acknowledged");
    }

    [Fact]
    public async Task Orders_cannot_be_made_to_wait_for_each_other()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var wanted = Samples.Order(specification);
        wanted["requestedStartDate"] = "2099-01-01T00:00:00Z";
        var (_, first) = await front.PostAsync(Front.Orders, wanted);
        var (_, second) = await front.PostAsync(Front.Orders, After(specification, first));

        var (status, error) = await front.PatchAsync(OrderLifeTests.Path(first), new JsonObject { ["orderRelationship"] = Relationship(second) });

        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("wait for itself");
    }

    private static JsonObject After(string specification, JsonObject other)
    {
        var order = Samples.Order(specification);
        order["orderRelationship"] = Relationship(other);
        return order;
    }

    private static JsonArray Relationship(JsonObject other) => new(new JsonObject { ["id"] = other["id"]!.GetValue<string>(), ["relationshipType"] = "dependency" });
}
