using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.OpenSlice;

/// <summary>How services end on OpenSlice's path: by an order's PATCH, or at the requested date.</summary>
public sealed class OpenSliceEndTests
{
    [Fact]
    public async Task Check_30_An_echoed_order_changes_nothing_and_its_old_values_are_left_aside()
    {
        await using var front = await Front.StartAsync();
        var (id, _) = await OpenSliceRoadTests.ActiveAsync(front);
        await front.PatchAsync($"{Front.OpenSliceServices}/{id}", Samples.OpenSlicePatch(("values.replicas", "3")));
        var order = await OrderAsync(front);
        var (status, answer) = await front.PatchAsync(OpenSliceRoadTests.Path(order), Echo(order, "active", "1"));
        status.ShouldBe(HttpStatusCode.OK);
        answer["state"]!.GetValue<string>().ShouldBe("COMPLETED");
        answer["note"]!.AsArray().Count.ShouldBe(order["note"]!.AsArray().Count + 1);
        (await front.CommandsAsync<ChangeService>()).Count.ShouldBe(2);
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();
        Samples.Value(await front.GetAsync($"{Front.OpenSliceServices}/{id}"), "values.replicas").ShouldBe("3");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Checks_24_and_30_An_echoed_order_with_state_terminated_ends_the_service_which_stays_readable(bool withItemId)
    {
        await using var front = await Front.StartAsync();
        var (id, _) = await OpenSliceRoadTests.ActiveAsync(front);
        var order = await OrderAsync(front);
        var patch = Echo(order, "terminated", "1");
        if (!withItemId)
        {
            patch["orderItem"]![0]!["id"] = null;
            patch["orderItem"]![0]!["uuid"] = null;
        }

        var (status, answer) = await front.PatchAsync(OpenSliceRoadTests.Path(order), patch);
        status.ShouldBe(HttpStatusCode.OK);
        answer["orderItem"]![0]!["service"]!["state"]!.GetValue<string>().ShouldBe("terminated");
        var command = (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();
        command.ServiceId.ToString().ShouldBe(id);
        await front.PatchAsync(OpenSliceRoadTests.Path(order), patch.DeepClone());
        (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();

        await front.ReportAsync(Samples.Report(command, 9, Rollout.Terminated));
        var ended = await front.GetAsync($"{Front.OpenSliceServices}/{id}");
        ended["state"]!.GetValue<string>().ShouldBe("terminated");
        ended["endDate"].ShouldNotBeNull();
        foreach (var component in OpenSliceRoadTests.Named(order).Skip(1))
        {
            (await front.GetAsync($"{Front.OpenSliceServices}/{component}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        }
    }

    [Fact]
    public async Task Check_31_The_service_is_ended_at_the_requested_completion_date()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = Samples.OpenSliceOrder(specification);
        order["requestedCompletionDate"] = front.Now.AddHours(1).ToString("O");
        var (_, answer) = await front.PostAsync(Front.OpenSliceOrders, order);
        answer["state"]!.GetValue<string>().ShouldBe("ACKNOWLEDGED");
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();

        await front.PassAsync(TimeSpan.FromHours(1));
        var end = (await front.UntilCommandAsync<TerminateService>()).ShouldHaveSingleItem();
        end.ServiceId.ToString().ShouldBe(OpenSliceRoadTests.Named(answer).Single());
        await front.ReportAsync(Samples.Report(end, 2, Rollout.Terminated));
        (await front.GetAsync($"{Front.OpenSliceServices}/{end.ServiceId}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        (await front.GetAsync(OpenSliceRoadTests.Path(answer)))["state"]!.GetValue<string>().ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task An_order_that_has_ended_is_never_answered_with_a_conflict()
    {
        await using var front = await Front.StartAsync();
        var (_, _) = await OpenSliceRoadTests.ActiveAsync(front);
        var order = await OrderAsync(front);
        var (status, answer) = await front.PatchAsync(OpenSliceRoadTests.Path(order), Samples.Parse("""{"state":"CANCELLED","category":"other","requestedStartDate":"2030-01-01T00:00:00Z","id":"x"}"""));
        status.ShouldBe(HttpStatusCode.OK);
        answer["state"]!.GetValue<string>().ShouldBe("COMPLETED");
        answer["category"]!.GetValue<string>().ShouldBe("Automated order");
    }

    private static async Task<JsonObject> OrderAsync(Front front) => (await front.GetAsync(Front.OpenSliceOrders))["items"]![0]!.AsObject();

    private static JsonObject Echo(JsonObject order, string state, string replicas)
    {
        var item = order["orderItem"]![0]!.DeepClone().AsObject();
        item["action"] = "modify";
        item["service"]!["state"] = state;
        item["service"]!["serviceCharacteristic"] = Samples.OpenSliceValues(("values.replicas", replicas));
        return new JsonObject
        {
            ["expectedCompletionDate"] = null,
            ["requestedCompletionDate"] = null,
            ["category"] = null,
            ["state"] = null,
            ["note"] = new JsonArray(new JsonObject { ["uuid"] = null, ["author"] = "osom", ["date"] = "2026-01-01T00:00:00.123456Z", ["text"] = "echo" }),
            ["orderItem"] = new JsonArray(item),
        };
    }
}
