using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;

namespace NaaS.Benchmarks.Fulfil;

/// <summary>Watches ManifestWorks and notes when each service's works were written, and when all that they carry was seen to be ready.</summary>
internal sealed class HubObserver : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    public HubObserver(Uri hub) => watching = WatchAsync(new(HubConnection.Open(new() { Url = hub.ToString() })), stop.Token);

    /// <summary>When a service's work was first there, by service id.</summary>
    public ConcurrentDictionary<string, long> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>When its status first told that all is ready.</summary>
    public ConcurrentDictionary<string, long> Ready { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task WatchAsync(HubClient hub, CancellationToken cancellationToken)
    {
        var since = (await hub.ListAsync(HubResource.ManifestWorks, null, HubLabels.Service, cancellationToken)).ResourceVersion;
        while (!cancellationToken.IsCancellationRequested)
        {
            await foreach (var change in hub.WatchAsync(HubResource.ManifestWorks, null, HubLabels.Service, since, cancellationToken))
            {
                since = (string?)change.Object["metadata"]?["resourceVersion"] ?? since;
                Note(change.Object);
            }
        }
    }

    private void Note(JsonObject work)
    {
        var now = Stopwatch.GetTimestamp();
        if ((string?)work["metadata"]?["labels"]?[HubLabels.Service] is not { } service)
        {
            return;
        }

        Written.TryAdd(service, now);
        var manifests = (work["status"]?["resourceStatus"]?["manifests"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(manifest => (string?)manifest["resourceMeta"]?["kind"] == "Deployment").ToList();
        if (manifests.Count > 0 && manifests.TrueForAll(IsReady))
        {
            Ready.TryAdd(service, now);
        }
    }

    private static bool IsReady(JsonObject manifest) =>
        (manifest["statusFeedback"]?["values"] as JsonArray ?? []).Any(value => (string?)value?["name"] == "available" && (long?)value["fieldValue"]?["integer"] >= 1);
}
