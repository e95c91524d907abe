using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.OpenSlice.Client;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Json;
using NaaS.Tmf.OpenSlice;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.OpenSlice.Push;

/// <summary>
/// Tells OpenSlice of changes of services before it asks. OpenSlice's polling stays the truth: what is missed here, it finds by itself. Each push
/// reads the mirrored service first, so that several replicas, and OpenSlice's own echo, do no harm.
/// </summary>
internal sealed partial class StatePusher(IServiceScopeFactory scopes, IOptions<PushOptions> options, TimeProvider clock, ILogger<StatePusher> logger)
    : BackgroundService
{
    private const string Services = "service/";

    // Events of concurrent transactions may show in another order than they are numbered.
    private const int Overlap = 500;

    private readonly Dictionary<string, DateTimeOffset> due = [];
    private readonly Dictionary<string, DateTimeOffset> pushed = [];
    private readonly Dictionary<string, JsonObject> told = [];
    private readonly HashSet<long> seen = [];
    private long? position;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new OpenSliceClient(options.Value, clock);
        var mirrors = new Mirrors(client.Api, options.Value.Lookup, clock);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                position ??= await LatestAsync(stoppingToken);
                await LookAsync(position.Value, stoppingToken);
                await PushAsync(client.Api, mirrors, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // OpenSlice or the database may be away for a while; what is due stays due.
                LogFailed(exception);
            }
        }
    }

    private async Task<long> LatestAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TmfDb>().Events.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;
    }

    private async Task LookAsync(long latest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        var from = latest - Overlap;
        var events = await db.Events.AsNoTracking().Where(row => row.Position > from && row.Resource.StartsWith(Services))
            .Select(row => new { row.Position, row.Resource }).ToListAsync(cancellationToken);
        foreach (var one in events.Where(one => seen.Add(one.Position)))
        {
            due.TryAdd(one.Resource[Services.Length..], clock.GetUtcNow());
            latest = Math.Max(latest, one.Position);
        }

        position = latest;
        seen.RemoveWhere(old => old <= latest - Overlap);
    }

    private async Task PushAsync(IOpenSliceApi api, Mirrors mirrors, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var most = Math.Max(1, (int)(options.Value.PerSecond * options.Value.Interval.TotalSeconds));
        foreach (var id in due.Where(one => now - pushed.GetValueOrDefault(one.Key) >= options.Value.PerService).OrderBy(one => one.Value).Take(most).Select(one => one.Key).ToList())
        {
            if (await mirrors.FindAsync(id, cancellationToken) is { } local)
            {
                await PushAsync(api, id, local, cancellationToken);
                pushed[id] = now;
                due.Remove(id);
            }
            else if (now - due[id] > options.Value.Lookup * 2)
            {
                // Nobody mirrors it: not ordered by OpenSlice, or ordered by another.
                due.Remove(id);
            }
        }
    }

    private async Task PushAsync(IOpenSliceApi api, string id, string local, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ResourceStore>().FindAsync<Service>(id, cancellationToken) is not { } service)
        {
            return;
        }

        var ours = OpenSliceServices.Write(TmfJson.Write(service));
        var patch = PushDecision.Of(ours, await api.GetServiceAsync(local, cancellationToken), told.GetValueOrDefault(id));
        if (patch is not null)
        {
            await api.PatchServiceAsync(local, patch, cancellationToken);
            LogPushed(id, local);
        }

        told[id] = ours;
        if ((string?)ours["state"] == "terminated")
        {
            told.Remove(id);
            pushed.Remove(id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Changes could not be pushed to OpenSlice; they are tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Service {Service} was pushed to OpenSlice's {Local}")]
    private partial void LogPushed(string service, string local);
}
