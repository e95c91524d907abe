using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public async Task A_good_revision_makes_the_service_active_with_its_components_status_notes_and_revision()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.OrderedAsync(front);
        (await front.GetAsync(path))["state"]!.GetValue<string>().ShouldBe("reserved");
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Placed));
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Good) with { Endpoints = ["http://10.0.0.1:80"], Notes = "Open the page.", ChartVersion = "0.0.1" });

        var service = await front.GetAsync(path);
        service["state"]!.GetValue<string>().ShouldBe("active");
        service["hasStarted"]!.GetValue<bool>().ShouldBeTrue();
        service["startDate"].ShouldNotBeNull();
        Samples.Value(service, "status.revision").ShouldBe("1");
        Samples.Value(service, "status.rollout").ShouldBe("good");
        Samples.Value(service, "status.endpoints").ShouldBe("[\n  \"http://10.0.0.1:80\"\n]");
        Road.Notes(service).ShouldContain("Open the page.");

        var components = service["supportingService"]!.AsArray();
        components.Count.ShouldBe(2);
        var web = await front.GetAsync($"{Front.Services}/{components[0]!["id"]}");
        web["category"]!.GetValue<string>().ShouldBe("ResourceFacingService");
        web["serviceSpecification"]!["name"]!.GetValue<string>().ShouldBe("Kubernetes workload");
        Samples.Value(web, "cluster").ShouldBe("c1");
        Samples.Value(web, "workload").ShouldBe("Deployment/web");
        Samples.Value(web, "image").ShouldBe("nginx:1.29");
        Samples.Value(web, "replicas.ready").ShouldBe("1");
        Samples.Value(web, "replicas.desired").ShouldBe("1");

        var revision = (await front.GetAsync($"{path}/revision"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        revision["number"]!.GetValue<int>().ShouldBe(1);
        revision["rollout"]!.GetValue<string>().ShouldBe("good");
        revision["chartVersion"]!.GetValue<string>().ShouldBe("0.0.1");
        revision["cause"]!["kind"]!.GetValue<string>().ShouldBe("order");
    }

    [Fact]
    public async Task A_stale_report_is_ignored()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.OrderedAsync(front);
        await front.ReportAsync(Samples.Report(command, 3, Rollout.Good));
        var good = await front.GetAsync(path);
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Delivered) with { At = DateTimeOffset.UtcNow.AddSeconds(-5) });
        (await front.GetAsync(path)).ToJsonString().ShouldBe(good.ToJsonString());
        (await front.GetAsync($"{path}/revision"))["items"]![0]!["rollout"]!.GetValue<string>().ShouldBe("good");
    }

    [Fact]
    public async Task A_component_that_moves_keeps_its_id_and_one_that_is_gone_stays_readable()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front);
        var ids = (await front.GetAsync(path))["supportingService"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ToList();
        var moved = Samples.Report(command, 4, Rollout.Good);
        moved = moved with { Components = [moved.Components[0] with { Cluster = "c3" }] };
        await front.ReportAsync(moved);
        (await front.GetAsync(path))["supportingService"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe([ids[0]]);
        Samples.Value(await front.GetAsync($"{Front.Services}/{ids[0]}"), "cluster").ShouldBe("c3");
        var gone = await front.GetAsync($"{Front.Services}/{ids[1]}");
        gone["state"]!.GetValue<string>().ShouldBe("terminated");
        gone["endDate"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_failure_puts_back_what_the_worker_says_is_in_force()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front, null, ("values.replicas", 2), ("values.password", "geheim"));
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4), ("values.password", "anders")) });
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(change, 2, Rollout.Failed, "web on c1: ImagePullBackOff") with { InForce = command.Characteristics });
        var service = await front.GetAsync(path);
        Samples.Value(service, "values.replicas").ShouldBe("2");
        Samples.Value(service, "values.password").ShouldBe("***");
        Samples.Value(service, "status.reason").ShouldBe("web on c1: ImagePullBackOff");
        Road.Notes(service).ShouldContain(note => note.Contains("ImagePullBackOff"));

        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 3), ("values.password", "***")) });
        (await front.CommandsAsync<ChangeService>())[^1].Characteristics.ShouldContain(one => one.Name == "values.password" && one.Value == "geheim");
    }

    [Fact]
    public async Task A_failure_of_what_is_no_longer_wanted_puts_nothing_back()
    {
        await using var front = await Front.StartAsync();
        var (path, _) = await Road.ActiveAsync(front);
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4)) });
        var older = (await front.CommandsAsync<ChangeService>())[^1];
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 5)) });
        await front.ReportAsync(Samples.Report(older, 2, Rollout.Failed, "too late"));
        Samples.Value(await front.GetAsync(path), "values.replicas").ShouldBe("5");
    }

    [Fact]
    public async Task A_first_revision_that_fails_terminates_the_service()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.OrderedAsync(front);
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Delivered));
        var components = (await front.GetAsync(path))["supportingService"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ToList();
        await front.ReportAsync(Samples.Report(command, 2, Rollout.Terminated, "web on c1: CrashLoopBackOff"));
        var service = await front.GetAsync(path);
        service["state"]!.GetValue<string>().ShouldBe("terminated");
        Road.Notes(service).ShouldContain(note => note.Contains("CrashLoopBackOff"));
        foreach (var component in components)
        {
            (await front.GetAsync($"{Front.Services}/{component}"))["state"]!.GetValue<string>().ShouldBe("terminated");
        }
    }

    [Fact]
    public async Task A_report_of_an_unknown_service_is_left_aside()
    {
        await using var front = await Front.StartAsync();
        var command = new ChangeService(Guid.NewGuid(), 1, "x", [], new Cause(CauseKind.Order, "none", "1"));
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        (await front.GetAsync(Front.Services))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_tell_of_creation_state_and_attributes_without_values_documents()
    {
        await using var front = await Front.StartAsync();
        await Road.ActiveAsync(front, null, (Samples.ValuesName, "secret: stuff"));
        var events = (await front.EventsAsync()).Where(one => one.Type.StartsWith("Service", StringComparison.Ordinal) && one.Body["event"]!["service"] is not null).ToList();
        events.Count(one => one.Type == "ServiceCreateEvent").ShouldBe(3);
        events.Count(one => one.Type == "ServiceStateChangeEvent").ShouldBe(1);
        events.ShouldAllBe(one => !one.Body.ToJsonString(null).Contains("secret: stuff"));
    }
}
