using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>
/// Delivers notifications. Each listener has a lane of its own, so a dead one slows nobody; within a lane the events of one resource go one after
/// the other, and one that fails holds back only the later ones of the same resource. Several API replicas share the work: a lane is held by the
/// one that has claimed its listener.
/// </summary>
internal sealed partial class DeliveryWorker(
    IDbContextFactory<TmfDb> databases,
    CommitSignal<TmfDb> commits,
    NotificationSender sender,
    LaneClaims claims,
    IOptions<CallbackOptions> options,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private const int LaneWidth = 200;
    private const int BatchSize = 16;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Task> lanes = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(nameof(DeliveryRow));
            try
            {
                await StartLanesAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            try
            {
                await commit.OrAfterAsync(LookAgain, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(lanes.Values);
            }
        }
    }

    private async Task StartLanesAsync(CancellationToken cancellationToken)
    {
        foreach (var finished in lanes.Where(lane => lane.Value.IsCompleted).Select(lane => lane.Key).ToList())
        {
            lanes.Remove(finished);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.Deliveries
            .Where(delivery => delivery.State == DeliveryState.Waiting && delivery.DueAt <= now)
            .Select(delivery => delivery.SubscriptionId)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var listener in due.Where(listener => !lanes.ContainsKey(listener)))
        {
            lanes[listener] = Task.Run(() => RunLaneAsync(listener, cancellationToken), CancellationToken.None);
        }
    }

    private async Task RunLaneAsync(string listener, CancellationToken cancellationToken)
    {
        try
        {
            if (!await claims.TryTakeAsync(listener, cancellationToken))
            {
                return;
            }

            try
            {
                while (await DeliverBatchAsync(listener, cancellationToken) && await claims.TryTakeAsync(listener, cancellationToken))
                {
                }
            }
            finally
            {
                await claims.ReleaseAsync(listener);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops; what was not settled is tried again by the next.
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
    }

    /// <summary>Tries the first waiting event of each resource.</summary>
    /// <returns>Whether something was delivered or given up, so that more may follow at once.</returns>
    private async Task<bool> DeliverBatchAsync(string listener, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var subscription = await db.Subscriptions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == listener, cancellationToken);
        if (subscription is null)
        {
            return false;
        }

        var waiting = await db.Deliveries.Include(delivery => delivery.Event)
            .Where(delivery => delivery.SubscriptionId == listener && delivery.State == DeliveryState.Waiting)
            .OrderBy(delivery => delivery.Position)
            .Take(LaneWidth)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var heads = waiting.GroupBy(delivery => delivery.Resource).Select(group => group.First()).Where(delivery => delivery.DueAt <= now)
            .Take(BatchSize).ToList();
        if (heads.Count == 0)
        {
            return false;
        }

        await Parallel.ForEachAsync(
            heads,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (delivery, token) => Settle(delivery, await sender.SendAsync(subscription, delivery.Event!, token)));
        await db.SaveChangesAsync(cancellationToken);
        return heads.Exists(delivery => delivery.State != DeliveryState.Waiting);
    }

    private void Settle(DeliveryRow delivery, string? error)
    {
        var now = time.GetUtcNow();
        delivery.Attempts++;
        delivery.LastError = error;
        if (error is null)
        {
            delivery.State = DeliveryState.Delivered;
            delivery.DueAt = now;
            Telemetry.NotificationLag.Record((now - delivery.Event!.At).TotalSeconds);
        }
        else if (now - delivery.Event!.At >= options.Value.GiveUpAfter)
        {
            delivery.State = DeliveryState.GivenUp;
            delivery.DueAt = now;
            LogGivenUp(delivery.Event.EventType, delivery.Resource, delivery.SubscriptionId, error);
        }
        else
        {
            delivery.DueAt = now + Pause(delivery.Attempts);
        }

        Telemetry.Notifications.Add(1, new KeyValuePair<string, object?>("outcome", delivery.State.ToString()));
    }

    private TimeSpan Pause(int attempts) =>
        TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(0.5 * Math.Pow(2, Math.Min(attempts - 1, 20))).Ticks, options.Value.LongestPause.Ticks));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications could not be looked after; tried again")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{EventType} of {Resource} was given up for listener {Listener}: {Error}")]
    private partial void LogGivenUp(string eventType, string resource, string listener, string error);
}
