using System.Diagnostics;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Push;

/// <summary>Changes reach OpenSlice before it asks.</summary>
public sealed class StatePusherTests : IDisposable
{
    private readonly FakeOpenSlice openSlice = new();

    private IEnumerable<(string, string)> On =>
        [.. openSlice.Settings("OpenSlice:Push"), ("OpenSlice:Push:Interval", "00:00:00.1"), ("OpenSlice:Push:PerService", "00:00:00.5"), ("OpenSlice:Push:Lookup", "00:00:00.2")];

    public void Dispose() => openSlice.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_change_is_pushed_to_the_service_that_mirrors_ours_once_and_an_echo_causes_none()
    {
        await using var naas = await Naas.StartAsync(On);
        var (order, service) = await OrderAsync(naas);
        Mirror(service);
        var watch = Stopwatch.StartNew();

        await naas.ReportAsync(service, order, "1", Rollout.Good);
        await Naas.UntilAsync(() => (string?)openSlice.Services["local"]["state"] == "active", "the state was not pushed");

        TestContext.Current.TestOutputHelper?.WriteLine($"pushed after {watch.ElapsedMilliseconds} ms; polled it shows after up to 30000 ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        Samples.Value(openSlice.Services["local"], "status.rollout").ShouldBe("good");
        Samples.Value(openSlice.Services["local"], "externalPartnerServiceId").ShouldBe(service);
        var pushes = openSlice.Written.Count;

        // OpenSlice's action queue sends everything back, unchanged; a later report is the proof that the pusher went on without a push for it.
        await naas.SendAsync(HttpMethod.Patch, $"{Naas.Services}/{service}", new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", "1")) });
        await naas.ReportAsync(service, order, "1", Rollout.Good, revision: 2);
        await Naas.UntilAsync(() => Samples.Value(openSlice.Services["local"], "status.revision") == "2", "the later revision was not pushed");
        openSlice.Written.Count.ShouldBe(pushes + 1, string.Join('\n', openSlice.Written));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_burst_of_changes_is_one_push()
    {
        await using var naas = await Naas.StartAsync([.. On, ("OpenSlice:Push:PerService", "00:00:03")]);
        var (order, service) = await OrderAsync(naas);
        Mirror(service);
        await naas.ReportAsync(service, order, "1", Rollout.Designed);
        await Naas.UntilAsync(() => openSlice.Written.Count == 1, "nothing was pushed");
        foreach (var rollout in new[] { Rollout.Placed, Rollout.Delivered, Rollout.Good })
        {
            await naas.ReportAsync(service, order, "1", rollout);
        }

        await Naas.UntilAsync(() => (string?)openSlice.Services["local"]["state"] == "active", "the last state was not pushed");
        openSlice.Written.Count.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_pushed_where_it_is_not_configured()
    {
        await using var naas = await Naas.StartAsync([]);
        var (order, service) = await OrderAsync(naas);
        Mirror(service);

        await naas.ReportAsync(service, order, "1", Rollout.Good);
        await naas.UntilAsync($"{Naas.Services}/{service}", one => (string?)one["state"] == "active");

        openSlice.Written.ShouldBeEmpty();
    }

    private static async Task<(string Order, string Service)> OrderAsync(Naas naas)
    {
        var specification = await naas.PublishAsync("shop", Samples.Application);
        var order = await naas.SendAsync(HttpMethod.Post, Naas.Orders, Samples.Order(Samples.Item("1", specification)));
        return ((string)order["id"]!, Samples.ServiceOf(order));
    }

    // As OSOM keeps it: the list does not show whose mirror it is.
    private void Mirror(string service) => openSlice.Services["local"] = new JsonObject
    {
        ["id"] = "local",
        ["uuid"] = "local",
        ["name"] = "NaaS::item-1",
        ["state"] = "reserved",
        ["serviceCharacteristic"] = Samples.Values(("externalPartnerServiceId", service), ("values.replicas", "1")),
    };
}
