using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Changes;

public sealed class StandardPatchTests
{
    [Fact]
    public async Task A_merge_patch_replaces_the_whole_list_as_RFC_7396_says()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 3), (Samples.ValuesName, "a: 1"));
        var (status, service) = await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4)) }, "application/merge-patch+json");
        status.ShouldBe(HttpStatusCode.OK);
        service["state"]!.GetValue<string>().ShouldBe("active");
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        change.Sequence.ShouldBe(2);
        change.Characteristics.ShouldContain(new ServiceCharacteristic("values.replicas", "INTEGER", "4", IsDefault: false));
        change.Characteristics.ShouldNotContain(one => one.Name == Samples.ValuesName);
        change.Characteristics.ShouldContain(one => one.Name == Samples.ChartName);
    }

    [Fact]
    public async Task A_single_knob_is_turned_by_a_json_patch_query()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.replicas", 3), (Samples.ValuesName, "a: 1"));
        var patch = JsonNode.Parse("""[{"op":"replace","path":"/serviceCharacteristic/value?serviceCharacteristic.name=values.replicas","value":5}]""")!;
        var (status, service) = await front.PatchAsync(path, patch, "application/json-patch-query+json");
        status.ShouldBe(HttpStatusCode.OK, service.ToJsonString());
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        change.Characteristics.ShouldContain(one => one.Name == "values.replicas" && one.Value == "5");
        change.Characteristics.ShouldContain(one => one.Name == Samples.ValuesName && one.Value == "a: 1");
    }

    [Fact]
    public async Task What_breaks_the_specification_is_a_400_and_the_service_keeps_running()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        var (status, error) = await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 99), ("colour", "red")) });
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("serviceCharacteristic[values.replicas]: 99 is not in [1,10]");
        error["message"]!.GetValue<string>().ShouldContain("serviceCharacteristic[colour]");
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        Samples.Value(await front.GetAsync(path), "values.replicas").ShouldBe("1");
    }

    [Fact]
    public async Task A_result_that_lacks_a_mandatory_characteristic_is_refused_and_told_how_to_change_a_single_one()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, Samples.Demanding(), ("site", "athens"), ("size", 1));
        var (status, error) = await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("size", 2)) });
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("serviceCharacteristic[site]: is mandatory");
        error["message"]!.GetValue<string>().ShouldContain("application/json-patch-query+json");
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front, null, ("values.password", "geheim"), ("values.replicas", 2));
        var read = await front.GetAsync(path);
        Samples.Value(read, "values.password").ShouldBe("***");
        Samples.Value(read, "status.rollout").ShouldBe("good");
        var (status, same) = await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = read["serviceCharacteristic"]!.DeepClone() });
        status.ShouldBe(HttpStatusCode.OK);
        same.ToJsonString().ShouldBe(read.ToJsonString());
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        read["serviceCharacteristic"]!.AsArray().OfType<JsonObject>().Single(one => one["name"]!.GetValue<string>() == "values.replicas")["value"] = 3;
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = read["serviceCharacteristic"]!.DeepClone() });
        (await front.CommandsAsync<ChangeService>())[^1].Characteristics.ShouldContain(new ServiceCharacteristic("values.password", "TEXT", "geheim", IsDefault: false));
    }

    [Fact]
    public async Task Terminated_ends_the_service_once_and_then_nothing_can_be_changed()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front);
        var (status, service) = await front.PatchAsync(path, Samples.Parse("""{"state":"terminated"}"""));
        status.ShouldBe(HttpStatusCode.OK);
        service["state"]!.GetValue<string>().ShouldBe("active");
        await front.PatchAsync(path, Samples.Parse("""{"state":"terminated"}"""));
        var end = (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem();
        end.Sequence.ShouldBe(2);
        end.ServiceId.ShouldBe(command.ServiceId);
        (await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 2)) })).Status.ShouldBe(HttpStatusCode.Conflict);

        await front.ReportAsync(Samples.Report(end, 2, Rollout.Removing));
        await front.ReportAsync(Samples.Report(end, 3, Rollout.Terminated));
        var ended = await front.GetAsync(path);
        ended["state"]!.GetValue<string>().ShouldBe("terminated");
        ended["isServiceEnabled"]!.GetValue<bool>().ShouldBeFalse();
        (await front.PatchAsync(path, Samples.Parse("""{"state":"active"}"""))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await front.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"serviceSpecification":{"id":"other"}}""", HttpStatusCode.Conflict)]
    [InlineData("""{"serviceDate":"2020-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    public async Task What_a_client_cannot_set_is_refused(string patch, HttpStatusCode expected)
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        (await front.PatchAsync(path, JsonNode.Parse(patch)!)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_component_is_not_changed_by_itself()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        var component = (await front.GetAsync(path))["supportingService"]![0]!["id"]!.GetValue<string>();
        (await front.PatchAsync($"{Front.Services}/{component}", Samples.Parse("""{"description":"x"}"""))).Status.ShouldBe(HttpStatusCode.Conflict);
        var (status, same) = await front.PatchAsync($"{Front.OpenSliceServices}/{component}", Samples.OpenSlicePatch(("cluster", "c9")));
        status.ShouldBe(HttpStatusCode.OK);
        Samples.Value(same, "cluster").ShouldBe("c1");
    }

    [Fact]
    public async Task Changes_that_come_at_once_are_all_asked_for_one_after_the_other()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        var answers = await Task.WhenAll(Enumerable.Range(2, 8).Select(replicas =>
            front.PatchAsync($"/openslice{path}", Samples.OpenSlicePatch(("values.replicas", $"{replicas}")))));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        var commands = await front.CommandsAsync<ChangeService>();
        commands.Select(command => command.Sequence).ShouldBe(Enumerable.Range(1, 9).Select(number => (long)number));
        Samples.Value(await front.GetAsync(path), "values.replicas").ShouldBe(commands[^1].Characteristics.Single(one => one.Name == "values.replicas").Value);
    }
}
