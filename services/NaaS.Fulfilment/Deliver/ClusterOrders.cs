using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Deliver;

/// <summary>
/// Brings what operators want of clusters to the hub: an evacuated cluster gets a taint, so that OCM decides for others and the services' own rules no
/// longer hold there; the reconciler then moves what may move.
/// </summary>
internal sealed partial class ClusterOrders(
    IDbContextFactory<FulfilmentDb> databases, CommitSignal<FulfilmentDb> commits, HubClient hub, TimeProvider time, ILogger<ClusterOrders> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(nameof(ClusterOrderRecord));
            try
            {
                await BringAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await commit.OrAfterAsync(Pause, time, stoppingToken);
        }
    }

    private async Task BringAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var order in await db.ClusterOrders.AsNoTracking().Where(order => !order.Done).ToListAsync(cancellationToken))
        {
            var isThere = await hub.EvacuateAsync(order.Cluster, order.Evacuated, time.GetUtcNow(), cancellationToken);
            await db.InTransactionAsync(
                token => db.ClusterOrders.Where(row => row.Cluster == order.Cluster && row.At == order.At)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Done, true), token),
                cancellationToken);
            LogDone(order.Cluster, isThere ? order.Evacuated ? "evacuated" : "open" : "not a cluster of the hub");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: {State}")]
    private partial void LogDone(string cluster, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What operators want of clusters could not be brought to the hub")]
    private partial void LogFailed(Exception exception);
}
