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
/// itself, and its slow resync finds what a lost event would have told. Nothing that hub or database do ends it: what fails is told and tried again.
/// </summary>
internal sealed partial class HubEvents(
    Kubernetes kubernetes,
    HubClient hub,
    IDbContextFactory<FulfilmentDb> databases,
    IOptions<HubOptions> options,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
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
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogNoNamespace(exception, options.Value.Namespace);
                await Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken);
            }
        }
    }

    private Task WatchAsync(CancellationToken cancellationToken) => Task.WhenAll(
        FollowAsync(HubResource.ManifestWorks, null, HubLabels.Service, Named, cancellationToken),
        FollowAsync(HubResource.PlacementDecisions, options.Value.Namespace, null, (decision, _) => Decision(decision), cancellationToken),
        FollowAsync(HubResource.Placements, options.Value.Namespace, HubLabels.Service, Named, cancellationToken),
        FollowAsync(HubResource.ManagedClusters, null, null, (cluster, _) => Cluster(cluster), cancellationToken));

    private Task FollowAsync(HubResource resource, string? @namespace, string? labelSelector, Action<JsonObject, bool> handle, CancellationToken cancellationToken)
    {
        // One object that cannot be read must not hide the others.
        Task Handle(IEnumerable<JsonObject> objects, bool listed)
        {
            foreach (var o in objects)
            {
                try
                {
                    handle(o, listed);
                }
                catch (Exception exception)
                {
                    LogUnreadable(exception, resource.Kind);
                }
            }

            return Task.CompletedTask;
        }

        return new HubWatcher(hub, resource, @namespace, labelSelector, time, loggers.CreateLogger<HubWatcher>())
            .RunAsync(list => Handle(list.Items, listed: true), change => Handle([change.Object], listed: false), cancellationToken);
    }

    // A list shows what is on the hub; our database may not know all of it, when it was put back to an earlier state.
    private void Named(JsonObject o, bool listed)
    {
        if (WorkNames.ServiceOf(NameOf(o)) is { } id)
        {
            hints.Writer.TryWrite(new(id, null) { Found = listed ? Adoption.RecordOf(id, o) : null });
        }
    }

    private void Decision(JsonObject decision)
    {
        if (WorkNames.ServiceOf(PlacementObjects.PlacementOf(decision)) is { } id)
        {
            hints.Writer.TryWrite(new(id, null));
        }
    }

    // A ManagedCluster changes often; only what rules read, and whether it is there, matters.
    private void Cluster(JsonObject cluster)
    {
        var read = ClusterReading.Read(cluster);
        var seen = Json.Write(new { read.Labels, read.Claims, read.Taints, read.Available, Leaving = cluster["metadata"]?["deletionTimestamp"] is not null });
        if (!clusters.TryGetValue(read.Name, out var before) || before != seen)
        {
            clusters[read.Name] = seen;
            hints.Writer.TryWrite(new(null, read.Name));
        }
    }

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        var services = new HashSet<Guid>();
        var names = new HashSet<string>();
        var found = new Dictionary<(HubObjectKind Kind, string Namespace, string Name), HubObjectRecord>();
        var pause = TimeSpan.Zero;
        while (pause > TimeSpan.Zero || await hints.Reader.WaitToReadAsync(cancellationToken))
        {
            while (hints.Reader.TryRead(out var hint))
            {
                _ = hint.Service is { } id ? services.Add(id) : names.Add(hint.Cluster!);
                if (hint.Found is { } o)
                {
                    found[(o.Kind, o.Namespace, o.Name)] = o;
                }
            }

            try
            {
                await AdoptAsync(found, cancellationToken);
                found.Clear();
                await WakeAsync(services, names, cancellationToken);
                services.Clear();
                names.Clear();
                pause = TimeSpan.Zero;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, ShortestPause.Ticks, LongestPause.Ticks));
                LogWakeFailed(exception, services.Count, pause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task AdoptAsync(Dictionary<(HubObjectKind Kind, string Namespace, string Name), HubObjectRecord> found, CancellationToken cancellationToken)
    {
        if (found.Count > 0)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            foreach (var stranger in await Adoption.AdoptAsync(db, found.Values, cancellationToken))
            {
                LogStranger(stranger.Kind, stranger.Name, stranger.Namespace, stranger.ServiceId);
            }
        }
    }

    private async Task WakeAsync(HashSet<Guid> services, HashSet<string> names, CancellationToken cancellationToken)
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

    private static string NameOf(JsonObject o) => (string?)o["metadata"]?["name"] ?? "";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} services could not be woken; next try in {Pause}")]
    private partial void LogWakeFailed(Exception exception, int count, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {Name} in {Namespace} belongs to service {Service}, which this worker does not know; it is left alone")]
    private partial void LogStranger(HubObjectKind kind, string name, string @namespace, Guid service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Kind} of the hub cannot be read and is passed over")]
    private partial void LogUnreadable(Exception exception, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Namespace {Namespace} of the hub cannot be made or read")]
    private partial void LogNoNamespace(Exception exception, string @namespace);
}

/// <summary>Something happened to a service, or to a cluster.</summary>
internal readonly record struct Hint(Guid? Service, string? Cluster)
{
    /// <summary>An object of the service that a list showed.</summary>
    public HubObjectRecord? Found { get; init; }
}
