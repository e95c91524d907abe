using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>The date that is promised, and what is told when it passes.</summary>
public sealed class PromiseTests
{
    [Fact]
    public async Task An_order_is_promised_for_the_time_that_its_items_may_take_one_after_the_other()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = Samples.Order(specification);
        order["requestedStartDate"] = "2090-01-01T00:00:00Z";
        order["serviceOrderItem"]!.AsArray().Add(Samples.Item("2", "add", new JsonObject { ["serviceSpecification"] = new JsonObject { ["id"] = specification } }, "1"));

        var (_, answer) = await front.PostAsync(Front.Orders, order);

        DateTimeOffset.Parse(answer["expectedCompletionDate"]!.GetValue<string>()).ShouldBe(new DateTimeOffset(2090, 1, 1, 0, 20, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task When_the_promised_date_passes_the_order_is_in_jeopardy_and_gets_a_new_date()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        var first = order["expectedCompletionDate"]!.GetValue<string>();
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        await front.PassAsync(TimeSpan.FromMinutes(11));

        var late = await front.UntilAsync(OrderLifeTests.Path(order), one => one["jeopardyAlert"] is not null);
        late["jeopardyAlert"]!.AsArray().ShouldHaveSingleItem()!["exception"]!.GetValue<string>().ShouldBe("ExpectedCompletionDatePassed");
        DateTimeOffset.Parse(late["expectedCompletionDate"]!.GetValue<string>()).ShouldBeGreaterThan(DateTimeOffset.Parse(first));
        (await front.EventsAsync()).Count(one => one.Type == "ServiceOrderJeopardyEvent").ShouldBe(1);
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        OrderLifeTests.State(await front.GetAsync(OrderLifeTests.Path(order))).ShouldBe("completed");
    }

    [Fact]
    public async Task An_order_that_was_completed_in_time_gets_no_alert()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        await front.ReportAsync(Samples.Report((await front.CommandsAsync<ChangeService>())[0], 1, Rollout.Good));
        var (_, open) = await front.PostAsync(Front.Orders, Samples.Order(specification));

        await front.PassAsync(TimeSpan.FromMinutes(11));

        // Timers run in the order of their dates: the second order's alert says that the first one's was looked at.
        await front.UntilAsync(OrderLifeTests.Path(open), one => one["jeopardyAlert"] is not null);
        (await front.GetAsync(OrderLifeTests.Path(order))).ContainsKey("jeopardyAlert").ShouldBeFalse();
    }
}
