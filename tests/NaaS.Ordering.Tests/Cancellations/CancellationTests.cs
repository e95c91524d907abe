using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Ordering.Tests.Orders;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Cancellations;

public sealed class CancellationTests
{
    private const string Cancellations = "/tmf-api/serviceOrdering/v4/cancelServiceOrder";

    [Fact]
    public async Task An_order_under_way_is_assessed_undone_and_cancelled()
    {
        await using var front = await Front.StartAsync();
        var order = await OrderPatchTests.RunningAsync(front);
        var (status, task) = await front.PostAsync(Cancellations, Wish(order));
        status.ShouldBe(HttpStatusCode.Created);
        task["state"]!.GetValue<string>().ShouldBe("accepted");
        var end = (await front.UntilCommandAsync<TerminateService>()).ShouldHaveSingleItem();
        (await front.UntilAsync(OrderLifeTests.Path(order), one => OrderLifeTests.State(one) == "pendingCancellation"))["cancellationReason"]!.GetValue<string>().ShouldBe("changed my mind");
        (await front.GetAsync($"/openslice{OrderLifeTests.Path(order)}"))["state"]!.GetValue<string>().ShouldBe("INPROGRESS");
        (await front.PostAsync(Cancellations, Wish(order))).Status.ShouldBe(HttpStatusCode.Conflict);

        var made = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(made, 2, Rollout.Superseded));
        await front.ReportAsync(Samples.Report(end, 3, Rollout.Terminated));
        var cancelled = await front.GetAsync(OrderLifeTests.Path(order));
        OrderLifeTests.State(cancelled).ShouldBe("cancelled");
        cancelled["cancellationDate"].ShouldNotBeNull();
        var done = await front.GetAsync($"{Cancellations}/{task["id"]}");
        done["state"]!.GetValue<string>().ShouldBe("done");
        done["effectiveCancellationDate"].ShouldNotBeNull();
        (await front.GetAsync($"{Front.Services}/{OrderLifeTests.ServiceId(order)}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        (await front.PostAsync(Cancellations, Wish(order))).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_order_that_has_not_begun_is_cancelled_without_the_worker()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var later = Samples.Order(specification);
        later["requestedStartDate"] = "2099-01-01T00:00:00Z";
        var (_, order) = await front.PostAsync(Front.Orders, later);
        await front.PostAsync(Cancellations, Wish(order));
        await front.UntilAsync(OrderLifeTests.Path(order), one => OrderLifeTests.State(one) == "cancelled");
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_point_of_no_return_it_is_denied_and_the_order_goes_on()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var id = await OrderLifeTests.ActiveAsync(front, specification);
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 3)));
        var (_, task) = await front.PostAsync(Cancellations, Wish(order));
        var done = await front.UntilAsync($"{Cancellations}/{task["id"]}", one => one["state"]!.GetValue<string>() == "done");
        done["completionMessage"]!.GetValue<string>().ShouldStartWith("Denied");
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("acknowledged");
        await front.ReportAsync(Samples.Report((await front.CommandsAsync<ChangeService>())[^1], 2, Rollout.Good));
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("completed");
    }

    [Fact]
    public async Task An_unknown_order_cannot_be_cancelled()
    {
        await using var front = await Front.StartAsync();
        (await front.PostAsync(Cancellations, Samples.Parse("""{"serviceOrder":{"id":"nothing"}}"""))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.PostAsync(Cancellations, Samples.Parse("""{"cancellationReason":"x"}"""))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static JsonObject Wish(JsonObject order) => new()
    {
        ["cancellationReason"] = "changed my mind",
        ["serviceOrder"] = new JsonObject { ["id"] = order["id"]!.DeepClone() },
    };
}
