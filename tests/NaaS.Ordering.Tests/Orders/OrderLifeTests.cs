using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

public sealed class OrderLifeTests
{
    [Fact]
    public async Task An_order_is_completed_with_its_milestones_and_events()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, order) = await front.PostAsync(Front.Orders, Samples.Order(specification, ("values.replicas", 2), ("values.password", "geheim"), (Samples.ValuesName, "a: 1")));
        status.ShouldBe(HttpStatusCode.Created);
        State(order).ShouldBe("acknowledged");
        order["orderDate"].ShouldNotBeNull();
        var service = order["serviceOrderItem"]![0]!["service"]!.AsObject();
        Samples.Value(service, "values.password").ShouldBe("***");
        Samples.Value(service, Samples.VersionName).ShouldBe("0.0.1");

        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        command.ServiceName.ShouldBe("shop");
        command.Characteristics.ShouldContain(new ServiceCharacteristic("values.password", "TEXT", "geheim", IsDefault: false));
        var number = 0;
        foreach (var rollout in (Rollout[])[Rollout.Designed, Rollout.Placed, Rollout.Delivered, Rollout.Good])
        {
            await front.ReportAsync(Samples.Report(command, ++number, rollout));
        }

        var completed = await front.GetAsync(Path(order));
        State(completed).ShouldBe("completed");
        completed["startDate"].ShouldNotBeNull();
        completed["completionDate"].ShouldNotBeNull();
        completed["milestone"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).ShouldBe(["designed", "placed", "delivered", "ready"]);
        completed["serviceOrderItem"]![0]!["service"]!["supportingService"]!.AsArray().Count.ShouldBe(2);
        var events = await front.EventsAsync();
        events.Select(one => one.Type).Where(type => type == "ServiceOrderCreateEvent").ShouldHaveSingleItem();
        events.Where(one => one.Type == "ServiceOrderStateChangeEvent").Select(one => State(one.Body["event"]!["serviceOrder"]!.AsObject())).ShouldBe(["inProgress", "completed"]);
        events.Count(one => one.Type == "ServiceOrderMilestoneEvent").ShouldBe(4);
        foreach (var (_, body) in events)
        {
            body.ToJsonString().ShouldNotContain("geheim");
            body.ToJsonString().ShouldNotContain(Samples.ValuesName);
        }

        (await front.GetAsync(Front.Services)).ToJsonString().ShouldNotContain("geheim");
        (await front.GetAsync($"{Front.Services}?serviceCharacteristic.value=geheim"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_whose_roll_out_an_operator_holds_is_held_until_it_goes_on()
    {
        await using var front = await Front.StartAsync();
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(await front.PublishAsync(Samples.Specification())));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        await front.ReportAsync(Samples.Report(command, 1, Rollout.Placed, "held by an operator: night of the cable") with { Held = true });
        var held = await front.GetAsync(Path(order));
        State(held).ShouldBe("held");
        ItemStates(held).ShouldBe(["held"]);
        held["note"]!.AsArray()[^1]!["text"]!.GetValue<string>().ShouldBe("Item 1 is held by an operator: night of the cable");
        held["milestone"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()).ShouldBe(["designed", "placed"]);

        await front.ReportAsync(Samples.Report(command, 2, Rollout.Placed));
        State(await front.GetAsync(Path(order))).ShouldBe("inProgress");
        await front.ReportAsync(Samples.Report(command, 3, Rollout.Good));
        State(await front.GetAsync(Path(order))).ShouldBe("completed");
        (await front.EventsAsync()).Where(one => one.Type == "ServiceOrderStateChangeEvent").Select(one => State(one.Body["event"]!["serviceOrder"]!.AsObject()))
            .ShouldBe(["held", "inProgress", "completed"]);
    }

    [Fact]
    public async Task A_customer_whose_placement_rules_match_no_cluster_is_asked_for_others_once()
    {
        await using var front = await Front.StartAsync();
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(await front.PublishAsync(Samples.Specification())));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        await front.ReportAsync(Samples.Report(command, 1, Rollout.Waiting, "c1: label location=moon missing"));
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Waiting, "c1: label location=moon missing; c2: taint unreachable"));
        State(await front.GetAsync(Path(order))).ShouldBe("pending");
        var asked = (await front.EventsAsync()).Where(one => one.Type == "ServiceOrderInformationRequiredEvent").ShouldHaveSingleItem().Body;
        asked["description"]!.GetValue<string>().ShouldContain("label location=moon missing");
        asked["fieldPath"]!.GetValue<string>().ShouldBe($"serviceOrderItem[1].service.serviceCharacteristic[{Samples.PlacementName}]");
    }

    [Fact]
    public async Task Items_add_modify_delete_and_noChange_go_together()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (a, b, c) = (await ActiveAsync(front, specification), await ActiveAsync(front, specification), await ActiveAsync(front, specification));
        var order = new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(
                Samples.Item("1", "add", new JsonObject { ["name"] = "new", ["serviceSpecification"] = new JsonObject { ["id"] = specification } }),
                Samples.Item("2", "modify", new JsonObject { ["id"] = a, ["serviceCharacteristic"] = Samples.Values(("values.replicas", 5)) }),
                Samples.Item("3", "noChange", new JsonObject { ["id"] = b }),
                Samples.Item("4", "delete", new JsonObject { ["id"] = c })),
        };
        var (status, answer) = await front.PostAsync(Front.Orders, order);
        status.ShouldBe(HttpStatusCode.Created, answer.ToJsonString());
        ItemStates(answer).ShouldBe(["acknowledged", "acknowledged", "completed", "acknowledged"]);

        var changes = (await front.CommandsAsync<ChangeService>()).Skip(3).ToList();
        changes.Count.ShouldBe(2);
        changes[1].ServiceId.ToString().ShouldBe(a);
        changes[1].Characteristics.ShouldContain(one => one.Name == "values.replicas" && one.Value == "5");
        changes[1].Characteristics.ShouldContain(one => one.Name == Samples.VersionName && one.Value == "0.0.1");
        var end = (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();
        end.ServiceId.ToString().ShouldBe(c);

        await front.ReportAsync(Samples.Report(changes[0], 1, Rollout.Good));
        await front.ReportAsync(Samples.Report(changes[1], 2, Rollout.Failed, "web on c1: ImagePullBackOff"));
        State(await front.GetAsync(Path(answer))).ShouldBe("inProgress");
        await front.ReportAsync(Samples.Report(end, 2, Rollout.Terminated));
        var partial = await front.GetAsync(Path(answer));
        State(partial).ShouldBe("partial");
        ItemStates(partial).ShouldBe(["completed", "failed", "completed", "completed"]);
        partial["errorMessage"]![0]!["reason"]!.GetValue<string>().ShouldBe("web on c1: ImagePullBackOff");
        partial["errorMessage"]![0]!["serviceOrderItem"]![0]!["itemId"]!.GetValue<string>().ShouldBe("2");
        var kept = await front.GetAsync($"{Front.Services}/{a}");
        Samples.Value(kept, "values.replicas").ShouldBe("1");
        kept["state"]!.GetValue<string>().ShouldBe("active");
        (await front.GetAsync($"{Front.Services}/{c}"))["state"]!.GetValue<string>().ShouldBe("terminated");
    }

    [Fact]
    public async Task A_modification_without_effect_completes_at_once_and_a_null_value_goes_back_to_its_default()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var id = await ActiveAsync(front, specification, ("values.replicas", 4));
        var (_, same) = await front.PostAsync(Front.Orders, Modify(id, ("values.replicas", 4)));
        State(same).ShouldBe("completed");
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        var order = Modify(id);
        order["serviceOrderItem"]![0]!["service"]!["serviceCharacteristic"] = new JsonArray(new JsonObject { ["name"] = "values.replicas", ["value"] = null });
        await front.PostAsync(Front.Orders, order);
        (await front.CommandsAsync<ChangeService>())[^1].Characteristics.ShouldContain(new ServiceCharacteristic("values.replicas", "INTEGER", "1", IsDefault: true));
    }

    [Fact]
    public async Task An_item_waits_for_those_that_it_depends_on()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Dependent(specification));
        State(order).ShouldBe("pending");
        ItemStates(order).ShouldBe(["acknowledged", "pending"]);
        var db = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(db, 1, Rollout.Good));
        var web = (await front.CommandsAsync<ChangeService>())[^1];
        web.ServiceId.ShouldNotBe(db.ServiceId);
        web.Cause.ItemId.ShouldBe("web");
        State(await front.GetAsync(Path(order))).ShouldBe("inProgress");
        await front.ReportAsync(Samples.Report(web, 1, Rollout.Good));
        State(await front.GetAsync(Path(order))).ShouldBe("completed");
    }

    [Fact]
    public async Task An_item_whose_dependency_fails_is_cancelled_and_its_service_freed()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Dependent(specification));
        var db = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(db, 1, Rollout.Terminated, "db on c2: ImagePullBackOff"));
        var failed = await front.GetAsync(Path(order));
        State(failed).ShouldBe("failed");
        ItemStates(failed).ShouldBe(["failed", "cancelled"]);
        foreach (var item in failed["serviceOrderItem"]!.AsArray())
        {
            (await front.GetAsync($"{Front.Services}/{item!["service"]!["id"]}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        }
    }

    [Fact]
    public async Task An_order_for_later_starts_at_its_date()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var later = Samples.Order(specification);
        later["requestedStartDate"] = front.Now.AddHours(1).ToString("O");
        var (_, order) = await front.PostAsync(Front.Orders, later);
        State(order).ShouldBe("pending");
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
        (await front.GetAsync($"{Front.Services}/{ServiceId(order)}"))["state"]!.GetValue<string>().ShouldBe("reserved");
        await front.PassAsync(TimeSpan.FromHours(1));
        (await front.UntilCommandAsync<ChangeService>()).ShouldHaveSingleItem().ServiceId.ToString().ShouldBe(ServiceId(order));
        State(await front.GetAsync(Path(order))).ShouldBe("inProgress");
    }

    [Fact]
    public async Task No_matching_cluster_makes_the_order_wait_with_an_explanation()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Designed));
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Waiting, "c1: location is edge"));
        await front.ReportAsync(Samples.Report(command, 3, Rollout.Waiting, "c1: location is core"));
        var waiting = await front.GetAsync(Path(order));
        State(waiting).ShouldBe("pending");
        waiting["jeopardyAlert"]!.AsArray().ShouldHaveSingleItem()!["message"]!.GetValue<string>().ShouldBe("c1: location is core");
        waiting["note"]!.AsArray().ShouldHaveSingleItem();
        (await front.EventsAsync()).Count(one => one.Type == "ServiceOrderJeopardyEvent").ShouldBe(1);
        await front.ReportAsync(Samples.Report(command, 4, Rollout.Placed));
        State(await front.GetAsync(Path(order))).ShouldBe("inProgress");
    }

    [Fact]
    public async Task The_requested_completion_date_ends_nothing_on_the_standard_path()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = Samples.Order(specification);
        order["requestedCompletionDate"] = "2020-01-01T00:00:00Z";
        var (_, answer) = await front.PostAsync(Front.Orders, order);
        State(answer).ShouldBe("acknowledged");
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();
    }

    internal static string Path(JsonObject order) => $"{Front.Orders}/{order["id"]!.GetValue<string>()}";

    internal static string State(JsonObject order) => order["state"]!.GetValue<string>();

    internal static string ServiceId(JsonObject order) => order["serviceOrderItem"]![0]!["service"]!["id"]!.GetValue<string>();

    internal static List<string> ItemStates(JsonObject order) => [.. order["serviceOrderItem"]!.AsArray().Select(item => item!["state"]!.GetValue<string>())];

    internal static JsonObject Modify(string id, params (string, JsonNode)[] characteristics) => new()
    {
        ["serviceOrderItem"] = new JsonArray(Samples.Item("1", "modify", new JsonObject { ["id"] = id, ["serviceCharacteristic"] = Samples.Values(characteristics) })),
    };

    internal static async Task<string> ActiveAsync(Front front, string specification, params (string, JsonNode)[] characteristics)
    {
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(specification, characteristics));
        var command = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        return ServiceId(order);
    }

    private static JsonObject Dependent(string specification) => new()
    {
        ["serviceOrderItem"] = new JsonArray(
            Samples.Item("db", "add", new JsonObject { ["name"] = "db", ["serviceSpecification"] = new JsonObject { ["id"] = specification } }),
            Samples.Item("web", "add", new JsonObject { ["name"] = "web", ["serviceSpecification"] = new JsonObject { ["id"] = specification } }, "db")),
    };
}
