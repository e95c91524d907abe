using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Storage;

/// <summary>Forgets old revisions, with what they rendered, once an hour. Those that hold, and the last few of each service, stay whatever their age.</summary>
internal sealed partial class RevisionRetention(
    IDbContextFactory<FulfilmentDb> databases, IOptions<FulfilmentOptions> options, TimeProvider time, ILogger<RevisionRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(stoppingToken);
                if (await SweepAsync(db, time.GetUtcNow() - options.Value.RevisionRetention, options.Value.KeptRevisions, stoppingToken) is > 0 and var count)
                {
                    LogForgotten(count);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The next hour does it too.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Forgets revisions concluded before then, beyond the last <paramref name="kept"/> of a service that runs. Returns how many.</summary>
    internal static Task<int> SweepAsync(FulfilmentDb db, DateTimeOffset before, int kept, CancellationToken cancellationToken) => db.InTransactionAsync(
        token => db.Revisions
            .Where(row => row.ConcludedAt < before && db.Services.Any(service => service.Id == row.ServiceId
                && service.Revision != row.Number
                && service.Good != row.Number
                && (service.Good == null || row.Number <= service.Revision - kept)
                && !db.Revisions.Any(current => current.ServiceId == service.Id && current.Number == service.Revision && current.Before == row.Number)))
            .ExecuteDeleteAsync(token),
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} old revisions are forgotten")]
    private partial void LogForgotten(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old revisions could not be forgotten; tried again in an hour")]
    private partial void LogFailed(Exception exception);
}
