using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Timers;

/// <summary>Runs what is due. Several replicas share the work: a timer that another holds is skipped.</summary>
internal sealed partial class TimerService(
    IServiceScopeFactory scopes, CommitSignal<TmfDb> commits, TimeProvider clock, ILogger<TimerService> logger) : BackgroundService
{
    private const int Batch = 50;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(nameof(TimerRow));
            var wait = await UntilNextAsync(stoppingToken);
            if (wait > TimeSpan.Zero)
            {
                await commit.OrAfterAsync(wait < LongestWait ? wait : LongestWait, clock, stoppingToken);
            }
        }
    }

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunDueAsync(cancellationToken) is { } due ? due - clock.GetUtcNow() : LongestWait;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The database may be away for a while; the host must outlive that.
            LogUnreadable(exception);
            return AfterFailure;
        }
    }

    /// <summary>Runs all that is due.</summary>
    /// <returns>When the next one is due; null where there is none.</returns>
    internal async Task<DateTimeOffset?> RunDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        var now = clock.GetUtcNow();
        var due = await db.Timers.AsNoTracking().Where(timer => timer.DueAt <= now).OrderBy(timer => timer.DueAt).Take(Batch)
            .Select(timer => timer.Position).ToListAsync(cancellationToken);
        foreach (var position in due)
        {
            await TryAsync(position, cancellationToken);
        }

        return await db.Timers.AsNoTracking().OrderBy(timer => timer.DueAt).Select(timer => (DateTimeOffset?)timer.DueAt).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task TryAsync(long position, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(position, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One timer that cannot be run must not keep the others from it; it is tried again.
            LogFailed(exception, position);
            await using var scope = scopes.CreateAsyncScope();
            var later = clock.GetUtcNow() + AfterFailure;
            await scope.ServiceProvider.GetRequiredService<TmfDb>().Timers.Where(timer => timer.Position == position)
                .ExecuteUpdateAsync(timer => timer.SetProperty(row => row.DueAt, later), cancellationToken);
        }
    }

    private async Task RunAsync(long position, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        await db.InTransactionAsync(
            async token =>
            {
                var timer = await HoldAsync(db, position, token);
                if (timer is not null)
                {
                    await scope.ServiceProvider.GetServices<ITimerHandler>().Single(handler => handler.Kind == timer.Kind).HandleAsync(timer.Subject, token);
                    db.Timers.Remove(timer);
                    await db.SaveChangesAsync(token);
                }
            },
            cancellationToken);
    }

    private static Task<TimerRow?> HoldAsync(TmfDb db, long position, CancellationToken cancellationToken) => db.Database.IsNpgsql()
        ? db.Timers.FromSqlInterpolated($"""SELECT * FROM timers WHERE "Position" = {position} FOR UPDATE SKIP LOCKED""").AsTracking().SingleOrDefaultAsync(cancellationToken)
        : db.Timers.AsTracking().SingleOrDefaultAsync(timer => timer.Position == position, cancellationToken);

    [LoggerMessage(LogLevel.Error, "Timers cannot be read; they are tried again.")]
    private partial void LogUnreadable(Exception exception);

    [LoggerMessage(LogLevel.Error, "Timer {Position} failed; it is tried again.")]
    private partial void LogFailed(Exception exception, long position);
}
