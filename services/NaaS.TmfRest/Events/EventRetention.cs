using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Forgets events, their settled deliveries, idempotency keys and resources that are only answers, such as previews, after a while.</summary>
internal sealed partial class EventRetention(
    IDbContextFactory<TmfDb> databases, IOptions<CallbackOptions> options, ResourceDefinitions resources, TimeProvider time, ILogger<EventRetention> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
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
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await SweepAsync(db, before, [.. resources.All.Where(resource => resource.IsForgotten).Select(resource => resource.Name)], cancellationToken);
    }

    /// <summary>Forgets what was settled before then, and resources of these types that have not changed since.</summary>
    internal static Task SweepAsync(TmfDb db, DateTimeOffset before, List<string> answers, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                await db.Events
                    .Where(row => row.At < before && !db.Deliveries.Any(delivery => delivery.EventPosition == row.Position && delivery.State == DeliveryState.Waiting))
                    .ExecuteDeleteAsync(token);
                await db.IdempotencyKeys.Where(row => row.At < before).ExecuteDeleteAsync(token);
                await db.Resources.Where(row => answers.Contains(row.Type) && row.ChangedAt < before).ExecuteDeleteAsync(token);
            },
            cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be forgotten; tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
