using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Forgets events, their settled deliveries and idempotency keys after a while.</summary>
internal sealed partial class EventRetention(
    IDbContextFactory<TmfDb> databases, IOptions<CallbackOptions> options, TimeProvider time, ILogger<EventRetention> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next hour does it too.
                LogFailed(exception);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InTransactionAsync(
            async token =>
            {
                await db.Events
                    .Where(row => row.At < before && !db.Deliveries.Any(delivery => delivery.EventPosition == row.Position && delivery.State == DeliveryState.Waiting))
                    .ExecuteDeleteAsync(token);
                await db.IdempotencyKeys.Where(row => row.At < before).ExecuteDeleteAsync(token);
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be forgotten; tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
