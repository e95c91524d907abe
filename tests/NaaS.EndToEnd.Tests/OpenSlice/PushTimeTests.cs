using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using NaaS.OpenSlice.Tests.Hosting;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>
/// From a change on the cluster to the change in OpenSlice: pushed, against polled as OpenSlice polls. Set NAAS_PUSH_POLL to the seconds between two
/// polls (OpenSlice's own are 30) for figures that mean something; the short form polls each 2 seconds.
/// </summary>
public sealed class PushTimeTests : IDisposable
{
    private const int Changes = 4;
    private readonly FakeOpenSlice openSlice = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => openSlice.Dispose();

    [Fact(Timeout = 1_200_000)]
    public async Task A_change_on_the_cluster_is_pushed_and_nothing_is_pushed_without_news()
    {
        var poll = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("NAAS_PUSH_POLL") ?? "2", CultureInfo.InvariantCulture));
        await using var naas = await Serve.StartAsync([.. openSlice.Settings("OpenSlice:Push"), ("OpenSlice:Push:Lookup", "00:00:01")]);
        using var story = new OsomStory(naas, Token);
        await story.PublishAndImportAsync();
        var order = await story.OrderAndMirrorAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var clusters = new ClusterView(stop.Token);
        foreach (var (cluster, server) in naas.Clusters)
        {
            await clusters.FollowAsync(cluster, server, "apis/apps/v1/deployments");
        }

        var service = story.Player.Of(order).First();
        var component = story.Player.Of(order).Single(one => one["workload"] == "Deployment/phpmyadmin").ExternalPartnerServiceId;
        foreach (var mirrored in story.Player.Of(order))
        {
            Mirror(mirrored);
        }

        var polled = new Journal<string>();
        var polling = PollAsync(story, order, component, poll, polled, stop.Token);
        List<(TimeSpan Pushed, TimeSpan Polled)> times = [];
        for (var replicas = 2; replicas < Changes + 2; replicas++)
        {
            var wanted = replicas.ToString(CultureInfo.InvariantCulture);
            await Task.Delay(poll * Random.Shared.NextDouble(), Token);
            await story.Player.SyncAsync(Token);
            await story.Player.ChangeAsync(service, new Dictionary<string, string> { [CmsService.Replicas] = wanted }, Token);
            var ready = replicas;
            var changed = await clusters.History.FirstAsync(seen => seen is { Kind: "Deployment", Name: "phpmyadmin" } && seen.ReadyReplicas == ready, Token);
            var pushed = await PushedAsync(component, wanted);
            times.Add((pushed - changed, await polled.FirstAsync(value => value == wanted, Token) - changed));
            // OpenSlice's action queue sends back what it was told.
            await story.Player.SyncAsync(Token);
            await story.Player.ChangeAsync(service, new Dictionary<string, string>(), Token);
        }

        await stop.CancelAsync();
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"change on the cluster to change in OpenSlice, {times.Count} changes: pushed {Figures(times.Select(one => one.Pushed))}; polled each {poll.TotalSeconds} s {Figures(times.Select(one => one.Polled))}");
        EachPushHasNews();
    }

    // OpenSlice's own half minute, on a mirror of its own.
    private static async Task PollAsync(OsomStory story, string order, string component, TimeSpan poll, Journal<string> seen, CancellationToken cancellationToken)
    {
        using var player = story.NewPlayer();
        await player.CheckAsync(order, cancellationToken);
        using var timer = new PeriodicTimer(poll);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await player.SyncAsync(cancellationToken);
            seen.Add(player.Of(order).Single(one => one.ExternalPartnerServiceId == component)["replicas.ready"] ?? "");
        }
    }

    private static string Figures(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"median {sorted[sorted.Count / 2]:F0} ms, max {sorted[^1]:F0} ms");
    }

    private static string Local(string service) => $"local-{service}";

    private static string? Value(JsonObject service, string name) =>
        (string?)service["serviceCharacteristic"]!.AsArray().FirstOrDefault(one => (string?)one!["name"] == name)?["value"]?["value"];

    // As OSOM keeps it: the partner's characteristics, and whose mirror it is.
    private void Mirror(MirroredService mirrored)
    {
        var service = mirrored.Remote.DeepClone().AsObject();
        (service["id"], service["uuid"]) = (Local(mirrored.ExternalPartnerServiceId), Local(mirrored.ExternalPartnerServiceId));
        service["serviceCharacteristic"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "externalPartnerServiceId",
            ["value"] = new JsonObject { ["value"] = mirrored.ExternalPartnerServiceId, ["alias"] = "" },
        });
        openSlice.Services[Local(mirrored.ExternalPartnerServiceId)] = service;
    }

    private async Task<DateTimeOffset> PushedAsync(string component, string replicas)
    {
        while (Value(openSlice.Services[Local(component)], "replicas.ready") != replicas)
        {
            await Task.Delay(5, Token);
        }

        return DateTimeOffset.UtcNow;
    }

    private void EachPushHasNews()
    {
        var told = new Dictionary<(string, string), string>();
        openSlice.Written.ShouldNotBeEmpty();
        foreach (var (_, path, body) in openSlice.Written)
        {
            var said = (body["serviceCharacteristic"] as JsonArray ?? []).Select(one => (Name: (string)one!["name"]!, Value: (string)one["value"]!["value"]!)).ToList();
            if (body["state"] is { } state)
            {
                said.Add(("state", (string)state!));
            }

            said.Any(one => told.GetValueOrDefault((path, one.Name)) != one.Value).ShouldBeTrue($"{path} was told nothing new: {body.ToJsonString()}");
            said.ForEach(one => told[(path, one.Name)] = one.Value);
        }
    }
}
