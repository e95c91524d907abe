using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Changes;

/// <summary>A service that is kept without running, and runs again.</summary>
public sealed class DeactivationTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_service_is_deactivated_and_activated_by_a_patch_or_by_an_order(bool byOrder)
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front, null, ("values.replicas", 3));

        await AskAsync(front, path, "inactive", byOrder);
        var stop = (await front.CommandsAsync<ChangeService>())[^1];
        stop.Sequence.ShouldBe(2);
        stop.Inactive.ShouldBeTrue();
        stop.Characteristics.ShouldBe(command.Characteristics);
        (await front.GetAsync(path))["state"]!.GetValue<string>().ShouldBe("active");
        await front.ReportAsync(Samples.Report(stop, 10, Rollout.Good) with { Inactive = true });
        var kept = await front.GetAsync(path);
        kept["state"]!.GetValue<string>().ShouldBe("inactive");
        kept["isServiceEnabled"]!.GetValue<bool>().ShouldBeFalse();
        (await front.EventsAsync()).Select(one => one.Type).ShouldContain("ServiceStateChangeEvent");

        await AskAsync(front, path, "active", byOrder);
        var start = (await front.CommandsAsync<ChangeService>())[^1];
        start.Sequence.ShouldBe(3);
        start.Inactive.ShouldBeFalse();
        await front.ReportAsync(Samples.Report(start, 11, Rollout.Good));
        (await front.GetAsync(path))["state"]!.GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task A_service_that_is_changed_and_deactivated_at_once_gets_one_command()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 3));
        var (status, _) = await front.PatchAsync(path, new JsonObject { ["state"] = "inactive", ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4)) });
        status.ShouldBe(HttpStatusCode.OK);
        var commands = await front.CommandsAsync<ChangeService>();
        commands.Count.ShouldBe(2);
        commands[1].Inactive.ShouldBeTrue();
        commands[1].Characteristics.ShouldContain(one => one.Name == "values.replicas" && one.Value == "4");
    }

    private static async Task AskAsync(Front front, string path, string state, bool byOrder)
    {
        if (!byOrder)
        {
            (await front.PatchAsync(path, new JsonObject { ["state"] = state })).Status.ShouldBe(HttpStatusCode.OK);
            return;
        }

        var service = new JsonObject { ["id"] = path[(path.LastIndexOf('/') + 1)..], ["state"] = state };
        var (status, order) = await front.PostAsync(Front.Orders, new JsonObject { ["serviceOrderItem"] = new JsonArray(Samples.Item("1", "modify", service)) });
        status.ShouldBe(HttpStatusCode.Created);
        order["state"]!.GetValue<string>().ShouldBe("acknowledged", order.ToJsonString());
    }
}
