using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Ordering.Reports;
using NaaS.Ordering.Tests.Orders;
using NaaS.Testing;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

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
    public async Task A_change_under_way_is_called_back_and_the_earlier_values_are_shown_when_that_is_done()
    {
        await using var front = await Front.StartAsync();
        var id = await OrderLifeTests.ActiveAsync(front, await front.PublishAsync(Samples.Specification()));
        var before = Samples.Value(await front.GetAsync($"{Front.Services}/{id}"), "values.replicas");
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 3)));
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(change, 2, Rollout.Delivered));
        var (_, task) = await front.PostAsync(Cancellations, Wish(order));
        var withdrawn = (await front.UntilCommandAsync<WithdrawChange>()).ShouldHaveSingleItem();
        withdrawn.Withdrawn.ShouldBe(change.Sequence);
        withdrawn.Sequence.ShouldBeGreaterThan(change.Sequence);
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("pendingCancellation");
        (await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 4)))).Body["state"]!.GetValue<string>().ShouldNotBe("completed");
        (await front.CommandsAsync<ChangeService>()).Count.ShouldBe(2, "nobody knows yet what a further change would build on");

        await front.ReportAsync(Samples.Report(change, 0, Rollout.Superseded));
        await front.ReportAsync(Back(withdrawn, 3, Rollout.Restoring, change));
        (await front.GetAsync($"{Cancellations}/{task["id"]}"))["state"]!.GetValue<string>().ShouldBe("inProgress");
        Samples.Value(await front.GetAsync($"{Front.Services}/{id}"), "values.replicas").ShouldBe("3");

        await front.ReportAsync(Back(withdrawn, 4, Rollout.Withdrawn, change));
        var cancelled = await front.GetAsync(OrderLifeTests.Path(order));
        OrderLifeTests.State(cancelled).ShouldBe("cancelled");
        cancelled["serviceOrderItem"]![0]!["state"]!.GetValue<string>().ShouldBe("cancelled");
        (await front.GetAsync($"{Cancellations}/{task["id"]}"))["state"]!.GetValue<string>().ShouldBe("done");
        var service = await front.GetAsync($"{Front.Services}/{id}");
        Samples.Value(service, "values.replicas").ShouldBe(before);
        service["state"]!.GetValue<string>().ShouldBe("active");
        service["note"]!.AsArray().ShouldContain(note => note!["text"]!.GetValue<string>().Contains("cancelled", StringComparison.Ordinal));
        var events = (await front.EventsAsync()).Select(one => one.Type).ToList();
        events.ShouldContain("ServiceAttributeValueChangeEvent");
        events.TakeLast(4).ShouldContain("CancelServiceOrderStateChangeEvent");
        events.TakeLast(4).ShouldContain("ServiceOrderStateChangeEvent");
    }

    [Fact]
    public async Task An_order_under_way_is_cancelled_at_the_date_that_was_wished()
    {
        await using var front = await Front.StartAsync();
        var order = await OrderPatchTests.RunningAsync(front);
        var wish = Wish(order);
        wish["requestedCancellationDate"] = front.Now.AddHours(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        await front.PostAsync(Cancellations, wish);
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("inProgress");
        await front.PassAsync(TimeSpan.FromHours(2));
        await front.UntilAsync(OrderLifeTests.Path(order), one => OrderLifeTests.State(one) == "pendingCancellation");
        (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_the_worker_reports_on_the_way_does_not_end_an_assessment()
    {
        var item = new ServiceOrderItem { Id = "1", Action = OrderItemActionType.Modify, State = ServiceOrderItemStateType.AssessingCancellation };
        var order = new ServiceOrder { Id = "order", ServiceOrderItem = [item] };
        var change = new ChangeService(Guid.NewGuid(), 2, "shop", [], new(CauseKind.Order, "order", "1"));
        ReportedItem.Apply(order, item, Samples.Report(change, 1, Rollout.Delivered), null);
        ReportedItem.Apply(order, item, Samples.Report(change, 1, Rollout.Waiting), null);
        item.State.ShouldBe(ServiceOrderItemStateType.AssessingCancellation);
        order.Milestone!.Count.ShouldBe(3);
        ReportedItem.Apply(order, item, Samples.Report(change, 1, Rollout.Good), null);
        item.State.ShouldBe(ServiceOrderItemStateType.Completed);
    }

    [Fact]
    public async Task A_change_that_was_good_before_the_worker_heard_of_its_cancellation_is_rolled_back()
    {
        await using var front = await Front.StartAsync();
        var id = await OrderLifeTests.ActiveAsync(front, await front.PublishAsync(Samples.Specification()));
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 3)));
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.PostAsync(Cancellations, Wish(order));
        var withdrawn = (await front.UntilCommandAsync<WithdrawChange>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(change, 2, Rollout.Good));
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("pendingCancellation");
        var first = (await front.CommandsAsync<ChangeService>())[0];
        await front.ReportAsync(Back(withdrawn, 3, Rollout.Good, change) with { InForce = first.Characteristics });
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("cancelled");
        Samples.Value(await front.GetAsync($"{Front.Services}/{id}"), "values.replicas").ShouldBe(first.Characteristics.Single(one => one.Name == "values.replicas").Value);
    }

    [Fact]
    public async Task What_cannot_be_undone_is_told()
    {
        await using var front = await Front.StartAsync();
        var id = await OrderLifeTests.ActiveAsync(front, await front.PublishAsync(Samples.Specification()));
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 3)));
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        var (_, task) = await front.PostAsync(Cancellations, Wish(order));
        var withdrawn = (await front.UntilCommandAsync<WithdrawChange>()).ShouldHaveSingleItem();
        await front.ReportAsync(Back(withdrawn, 3, Rollout.Failed, change) with { Reason = "Deployment default/web on c1 is not ready" });
        var failed = await front.GetAsync(OrderLifeTests.Path(order));
        OrderLifeTests.State(failed).ShouldBe("failed");
        failed["serviceOrderItem"]![0]!["errorMessage"]![0]!["reason"]!.GetValue<string>().ShouldContain("c1 is not ready");
        (await front.GetAsync($"{Cancellations}/{task["id"]}"))["completionMessage"]!.GetValue<string>().ShouldContain("Failed");
    }

    [Fact]
    public async Task What_was_completed_of_an_open_order_is_undone_too()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var id = await OrderLifeTests.ActiveAsync(front, specification);
        var two = OrderLifeTests.Modify(id, ("values.replicas", 3));
        two["serviceOrderItem"]!.AsArray().Add(Samples.Item(
            "2", "add", new JsonObject { ["name"] = "second", ["serviceSpecification"] = new JsonObject { ["id"] = specification }, ["serviceCharacteristic"] = Samples.Values() }));
        var (_, order) = await front.PostAsync(Front.Orders, two);
        var commands = await front.CommandsAsync<ChangeService>();
        await front.ReportAsync(Samples.Report(commands[1], 2, Rollout.Good));
        await front.PostAsync(Cancellations, Wish(order));
        var withdrawn = (await front.UntilCommandAsync<WithdrawChange>()).ShouldHaveSingleItem();
        var end = (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(end, 2, Rollout.Terminated));
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("pendingCancellation");
        await front.ReportAsync(Back(withdrawn, 3, Rollout.Good, commands[1]) with { InForce = commands[0].Characteristics });
        var cancelled = await front.GetAsync(OrderLifeTests.Path(order));
        OrderLifeTests.State(cancelled).ShouldBe("cancelled");
        cancelled["serviceOrderItem"]!.AsArray().ShouldAllBe(item => item!["state"]!.GetValue<string>() == "cancelled");
    }

    [Fact]
    public async Task An_end_that_has_begun_is_not_called_back_and_the_order_goes_on()
    {
        await using var front = await Front.StartAsync();
        var id = await OrderLifeTests.ActiveAsync(front, await front.PublishAsync(Samples.Specification()));
        var (_, order) = await front.PostAsync(Front.Orders, new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(Samples.Item("1", "delete", new JsonObject { ["id"] = id })),
        });
        var (_, task) = await front.PostAsync(Cancellations, Wish(order));
        var done = await front.UntilAsync($"{Cancellations}/{task["id"]}", one => one["state"]!.GetValue<string>() == "done");
        done["completionMessage"]!.GetValue<string>().ShouldStartWith("Denied");
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("acknowledged");
        await front.ReportAsync(Samples.Report((await front.CommandsAsync<TerminateService>())[^1], 2, Rollout.Terminated));
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("completed");
    }

    [Fact]
    public async Task A_change_that_a_newer_one_follows_is_not_called_back()
    {
        await using var front = await Front.StartAsync();
        var id = await OrderLifeTests.ActiveAsync(front, await front.PublishAsync(Samples.Specification()));
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 3)));
        await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 2)));
        var (_, task) = await front.PostAsync(Cancellations, Wish(order));
        var done = await front.UntilAsync($"{Cancellations}/{task["id"]}", one => one["state"]!.GetValue<string>() == "done");
        done["completionMessage"]!.GetValue<string>().ShouldContain("changed again since");
        (await front.CommandsAsync<WithdrawChange>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_order_cannot_be_cancelled()
    {
        await using var front = await Front.StartAsync();
        (await front.PostAsync(Cancellations, Samples.Parse("""{"serviceOrder":{"id":"nothing"}}"""))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.PostAsync(Cancellations, Samples.Parse("""{"cancellationReason":"x"}"""))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static ServiceReported Back(WithdrawChange command, long number, Rollout rollout, ChangeService change) =>
        Samples.Report(change with { Sequence = command.Sequence, Cause = command.Cause }, number, rollout);

    private static JsonObject Wish(JsonObject order) => new()
    {
        ["cancellationReason"] = "changed my mind",
        ["serviceOrder"] = new JsonObject { ["id"] = order["id"]!.DeepClone() },
    };
}
