using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Election;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.ClusterHub.Watching;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Observe;

/// <summary>
/// Watches the hub, in one elected worker, and makes the services due that an event concerns. An event is only a hint: what is, the reconciler reads
/// itself, and its slow resync finds what a lost event would have told.
/// </summary>
internal sealed partial class HubEvents(
    Kubernetes kubernetes,
    HubClient hub,
    IDbContextFactory<FulfilmentDb> databases,
    IOptions<HubOptions> options,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger<HubEvents> logger = loggers.CreateLogger<HubEvents>();
    private readonly Channel<Hint> hints = Channel.CreateUnbounded<Hint>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, string> clusters = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var election = new HubElection(kubernetes, options.Value.Namespace, "naas-hub-watcher", options.Value.LeaseDuration, loggers.CreateLogger<HubElection>());
        return Task.WhenAll(PassOnAsync(stoppingToken), ElectedAsync(election, stoppingToken));
    }

    private async Task ElectedAsync(HubElection election, CancellationToken cancellationToken)
    {
        await EnsureNamespaceAsync(cancellationToken);
        await election.RunAsync(WatchAsync, cancellationToken);
    }

    // The Lease lives in our namespace, which may not be there yet, on a hub that may not answer yet.
    private async Task EnsureNamespaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await hub.EnsureNamespaceAsync(options.Value.Namespace, cancellationToken);
                return;
            }
            catch (HubException exception)
            {
                LogNoNamespace(exception, options.Value.Namespace);
                await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
            }
        }
    }

    private Task WatchAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Watcher(HubResource.ManifestWorks, null, HubLabels.Service).RunAsync(list => Each(list, Work), change => Work(change.Object), cancellationToken),
        Watcher(HubResource.PlacementDecisions, options.Value.Namespace, null).RunAsync(list => Each(list, Decision), change => Decision(change.Object), cancellationToken),
        Watcher(HubResource.Placements, options.Value.Namespace, HubLabels.Service).RunAsync(list => Each(list, Named), change => Named(change.Object), cancellationToken),
        Watcher(HubResource.ManagedClusters, null, null).RunAsync(list => Each(list, Cluster), change => Cluster(change.Object), cancellationToken));

    private HubWatcher Watcher(HubResource resource, string? @namespace, string? labelSelector) =>
        new(hub, resource, @namespace, labelSelector, time, loggers.CreateLogger<HubWatcher>());

    private static async Task Each(HubList list, Func<JsonObject, Task> handle)
    {
        foreach (var item in list.Items)
        {
            await handle(item);
        }
    }

    private Task Work(JsonObject work) => Hint(WorkNames.ServiceOf(NameOf(work)));

    private Task Named(JsonObject placement) => Hint(WorkNames.ServiceOf(NameOf(placement)));

    private Task Decision(JsonObject decision) => Hint(WorkNames.ServiceOf(PlacementObjects.PlacementOf(decision)));

    private Task Hint(Guid? service)
    {
        if (service is { } id)
        {
            hints.Writer.TryWrite(new(id, null));
        }

        return Task.CompletedTask;
    }

    // A ManagedCluster changes often; only what rules read, and whether it is there, matters.
    private Task Cluster(JsonObject cluster)
    {
        var read = ClusterReading.Read(cluster);
        var seen = Json.Write(new { read.Labels, read.Claims, read.Taints, read.Available, Leaving = cluster["metadata"]?["deletionTimestamp"] is not null });
        if (!clusters.TryGetValue(read.Name, out var before) || before != seen)
        {
            clusters[read.Name] = seen;
            hints.Writer.TryWrite(new(null, read.Name));
        }

        return Task.CompletedTask;
    }

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        while (await hints.Reader.WaitToReadAsync(cancellationToken))
        {
            var services = new HashSet<Guid>();
            var names = new HashSet<string>();
            while (hints.Reader.TryRead(out var hint))
            {
                _ = hint.Service is { } id ? services.Add(id) : names.Add(hint.Cluster!);
            }

            await WakeAsync(services, names, cancellationToken);
        }
    }

    private async Task WakeAsync(HashSet<Guid> services, HashSet<string> names, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (services.Count > 0)
            {
                await db.WakeAsync(services, time.GetUtcNow(), cancellationToken);
            }

            if (names.Count > 0)
            {
                await db.WakeAsync(
                    db.Services.Where(service => service.WaitsForClusters
                        || db.HubObjects.Any(o => o.ServiceId == service.Id && o.Kind == HubObjectKind.Work && names.Contains(o.Namespace))),
                    time.GetUtcNow(),
                    cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The resync finds what these events would have told.
            LogWakeFailed(exception, services.Count);
        }
    }

    private static string NameOf(JsonObject o) => (string?)o["metadata"]?["name"] ?? "";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} services could not be woken")]
    private partial void LogWakeFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Namespace {Namespace} of the hub cannot be made or read")]
    private partial void LogNoNamespace(Exception exception, string @namespace);
}

/// <summary>Something happened to a service, or to a cluster.</summary>
internal readonly record struct Hint(Guid? Service, string? Cluster);
