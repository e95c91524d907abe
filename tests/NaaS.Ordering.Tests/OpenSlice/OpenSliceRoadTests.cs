using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.OpenSlice;

/// <summary>The road of an order that comes from OpenSlice, with the numbers of its acceptance checks.</summary>
public sealed class OpenSliceRoadTests
{
    [Fact]
    public async Task Checks_14_to_23_An_order_is_acknowledged_asked_of_the_worker_and_completed_with_all_its_services_active()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, order) = await front.PostAsync(Front.OpenSliceOrders, Samples.OpenSliceOrder(specification, ("values.replicas", "1"), (Samples.ValuesName, Samples.Base64("a: 1"))));
        status.ShouldBe(HttpStatusCode.Created);
        order["state"]!.GetValue<string>().ShouldBe("ACKNOWLEDGED");
        order["uuid"]!.GetValue<string>().ShouldBe(order["id"]!.GetValue<string>());

        var named = Named(order).ShouldHaveSingleItem();
        var service = await front.GetAsync($"{Front.OpenSliceServices}/{named}");
        service["state"]!.GetValue<string>().ShouldBe("reserved");

        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        command.ServiceId.ToString().ShouldBe(named);
        command.ServiceName.ShouldBe("Shop");
        (command.Cause with { Trace = null }).ShouldBe(new Cause(CauseKind.Order, order["id"]!.GetValue<string>(), order["orderItem"]![0]!["id"]!.GetValue<string>()));
        command.Characteristics.ShouldContain(new ServiceCharacteristic("values.replicas", "INTEGER", "1", IsDefault: true));
        command.Characteristics.ShouldContain(new ServiceCharacteristic(Samples.ChartName, "TEXT", "cms-ocm", IsDefault: true));
        command.Characteristics.ShouldContain(new ServiceCharacteristic(Samples.ValuesName, "LONGTEXT", Samples.Base64("a: 1"), IsDefault: false));

        await front.ReportAsync(Samples.Report(command, 1, Rollout.Designed));
        (await front.GetAsync(Path(order)))["state"]!.GetValue<string>().ShouldBe("INPROGRESS");
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Delivered));
        await front.ReportAsync(Samples.Report(command, 3, Rollout.Good));

        var completed = await front.GetAsync(Path(order));
        completed["state"]!.GetValue<string>().ShouldBe("COMPLETED");
        var services = Named(completed);
        services.Count.ShouldBe(3);
        services[0].ShouldBe(named);
        foreach (var id in services)
        {
            var one = await front.GetAsync($"{Front.OpenSliceServices}/{id}");
            one["state"]!.GetValue<string>().ShouldBe("active");
            one["uuid"]!.GetValue<string>().ShouldBe(id);
            one["serviceSpecification"]!["name"]!.GetValue<string>().ShouldNotBeEmpty();
            one["serviceCharacteristic"]!.AsArray().ShouldAllBe(characteristic => characteristic!["value"]!["value"] != null);
            one["category"]!.GetValue<string>().ShouldBe(id == named ? "CustomerFacingService" : "ResourceFacingService");
        }
    }

    [Fact]
    public async Task Checks_27_and_28_A_patch_with_all_characteristics_asks_the_worker_for_a_change_and_answers_with_the_wanted_values()
    {
        await using var front = await Front.StartAsync();
        var (id, command) = await ActiveAsync(front);
        var (status, service) = await front.PatchAsync($"{Front.OpenSliceServices}/{id}", Samples.OpenSlicePatch(("values.replicas", "2"), (Samples.ChartName, "cms-ocm")));
        status.ShouldBe(HttpStatusCode.OK);
        service["uuid"]!.GetValue<string>().ShouldBe(id);
        service["state"]!.GetValue<string>().ShouldBe("active");
        Samples.Value(service, "values.replicas").ShouldBe("2");
        service["note"]!.AsArray().ShouldContain(note => note!["text"]!.GetValue<string>() == "EVALUATE_CHARACTERISTIC_CHANGED");
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        change.Sequence.ShouldBe(command.Sequence + 1);
        (change.Cause with { Trace = null }).ShouldBe(new Cause(CauseKind.Service, id));
        change.Characteristics.ShouldContain(new ServiceCharacteristic("values.replicas", "INTEGER", "2", IsDefault: false));
    }

    internal static string Path(JsonObject order) => $"{Front.OpenSliceOrders}/{order["id"]!.GetValue<string>()}";

    internal static List<string> Named(JsonObject order) =>
        [.. order["orderItem"]![0]!["service"]!["supportingService"]!.AsArray().Select(service => service!["id"]!.GetValue<string>())];

    internal static async Task<(string Id, ChangeService Command)> ActiveAsync(Front front)
    {
        var specification = await front.PublishAsync(Samples.Specification());
        await front.PostAsync(Front.OpenSliceOrders, Samples.OpenSliceOrder(specification, ("values.replicas", "1")));
        var command = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        return (command.ServiceId.ToString(), command);
    }
}
