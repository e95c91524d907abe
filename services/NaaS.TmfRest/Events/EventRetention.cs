using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Forgets events, their settled deliveries and idempotency keys after a while.</summary>
internal sealed class EventRetention(IDbContextFactory<TmfDb> databases, IOptions<CallbackOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var before = time.GetUtcNow() - options.Value.Retention;
            await using var db = await databases.CreateDbContextAsync(stoppingToken);
            await db.InTransactionAsync(
                async token =>
                {
                    await db.Events
                        .Where(row => row.At < before && !db.Deliveries.Any(delivery => delivery.EventPosition == row.Position && delivery.State == DeliveryState.Waiting))
                        .ExecuteDeleteAsync(token);
                    await db.IdempotencyKeys.Where(row => row.At < before).ExecuteDeleteAsync(token);
                },
                stoppingToken);
        }
    }
}
