using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Acceptance;

/// <summary>How OpenSlice follows orders and services, with the numbers of its acceptance checks. The test plays the worker.</summary>
public sealed class LifeTests : IAsyncLifetime
{
    private Naas naas = null!;
    private OsomPlayer player = null!;
    private string specification = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        naas = await Naas.StartWithTokensAsync();
        player = new OsomPlayer(new OsomClient(Tokens.OpenSlice(naas.Url), TimeProvider.System), TimeSpan.FromMilliseconds(50));
        specification = await naas.PublishAsync("shop", Samples.Application);
        await player.ImportAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        player.Dispose();
        await naas.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_20_An_order_can_be_read_at_once_and_for_its_whole_life()
    {
        var (order, service) = await OrderAsync();
        player.Proxies[order].ShouldBe("reserved");

        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1)]);
        await player.UntilProxyIsDoneAsync(order, Stop);
        await player.EndAsync(order, Stop);
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Terminated, revision: 2);
        await player.UntilAsync(() => player.Of(order).All(one => one.State == "terminated"), Stop);

        (await player.CheckAsync(order, Stop))["state"]!.ToString().ShouldBe("COMPLETED");
        player.FailedReads.ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_21_Completed_means_that_every_service_named_is_active_and_all_are_named_in_that_reply()
    {
        var (order, service) = await OrderAsync();
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Delivered, components: [Component("web", 1), Component("database", 0)]);
        await player.UntilAsync(() => player.Of(order).First()["status.rollout"] == "delivered", Stop);

        await player.CheckAsync(order, Stop);
        player.Proxies[order].ShouldBe("reserved", "the database is not ready");
        player.Of(order).Count().ShouldBe(3, "the service and its components are named before the order is completed");

        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1), Component("database", 1)]);
        var completed = await player.UntilProxyIsDoneAsync(order, Stop);
        completed["orderItem"]![0]!["service"]!["supportingService"]!.AsArray().Count.ShouldBe(3);
        player.IsLocallyCompleted(order).ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_25_Reading_a_service_again_and_again_changes_nothing()
    {
        var (order, service) = await OrderAsync();
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1)]);
        await player.UntilProxyIsDoneAsync(order, Stop);
        var first = await player.Client.GetServiceAsync(service, Stop);

        for (var time = 0; time < 100; time++)
        {
            JsonNode.DeepEquals(first, await player.Client.GetServiceAsync(service, Stop)).ShouldBeTrue("reading changed the service");
        }

        var history = await naas.SendAsync(HttpMethod.Get, $"/tmf-api/serviceInventory/v4/service/{service}", null);
        history["serviceCharacteristic"]!.AsArray().Single(one => (string?)one!["name"] == "status.revision")!["value"]!.ToString().ShouldBe("1");
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_26_What_changes_on_the_cluster_shows_in_the_next_read_under_the_same_names()
    {
        var (order, service) = await OrderAsync();
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1)]);
        await player.UntilProxyIsDoneAsync(order, Stop);
        var component = player.Of(order).Last();
        var names = Names(component);
        component["replicas.ready"].ShouldBe("1");

        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, revision: 2, components: [Component("web", 2)]);
        // The player reads one service after the other: the report may come in between.
        await player.UntilAsync(() => component["replicas.ready"] == "2" && player.Of(order).First()["status.revision"] == "2", Stop);

        Names(component).ShouldBe(names);
        player.IsLocallyCompleted(order).ShouldBeTrue();
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_33_No_characteristic_has_a_name_that_OpenSlice_keeps_for_itself()
    {
        var (order, service) = await OrderAsync(("EXEC_ACTION", "x"), ("externalPartnerServiceId", "y"), ("web::replicas", "2"));
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1)]);
        await player.UntilProxyIsDoneAsync(order, Stop);

        player.Proxies[order].ShouldBe("active", "what OpenSlice keeps for itself is left aside, not refused");
        var names = player.Of(order).SelectMany(Names).ToList();
        names.ShouldNotBeEmpty();
        names.ShouldAllBe(name => !name.Contains("::") && name != "EXEC_ACTION" && name != "externalPartnerServiceId" && name != "externalServiceOrderId");
    }

    [Fact(Timeout = 60_000)]
    public async Task Check_34_An_order_lives_and_ends_though_no_hub_was_ever_called()
    {
        var (order, service) = await OrderAsync();
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Good, components: [Component("web", 1)]);
        await player.UntilProxyIsDoneAsync(order, Stop);
        await player.EndAsync(order, Stop);
        await naas.ReportAsync(service, order, await ItemAsync(order), Rollout.Terminated, revision: 2);
        await player.UntilAsync(() => player.Of(order).All(one => one.State == "terminated"), Stop);

        player.Client.Exchanges.ShouldAllBe(exchange => exchange.IsGood);
        player.Client.Exchanges.ShouldAllBe(exchange => !exchange.Url.AbsolutePath.EndsWith("/hub", StringComparison.Ordinal));
    }

    private async Task<(string Order, string Service)> OrderAsync(params (string Name, string Value)[] more)
    {
        var wanted = new Dictionary<string, string> { ["values.replicas"] = "1" };
        foreach (var (name, value) in more)
        {
            wanted[name] = value;
        }

        var order = await player.OrderAsync(specification, wanted, Stop);
        await player.CheckAsync(order, Stop);
        return (order, player.Of(order).First().ExternalPartnerServiceId);
    }

    private async Task<string> ItemAsync(string order) => (string)(await player.Client.GetOrderAsync(order, Stop))["orderItem"]![0]!["id"]!;

    private static List<string> Names(MirroredService service) =>
        [.. service.Remote["serviceCharacteristic"]!.AsArray().Select(one => (string)one!["name"]!)];

    private static ComponentReport Component(string name, int ready) => new(
        new Guid(name == "web" ? 1 : 2, 0, 0, new byte[8]), "Deployment", "shop", name, "c1", "image:1", ready, Math.Max(1, ready), ready > 0 ? ComponentState.Active : ComponentState.Reserved, null);
}
