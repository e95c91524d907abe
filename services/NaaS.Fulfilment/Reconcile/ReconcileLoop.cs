using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Works on services that are due: several at a time, each by one worker at a time. Woken by commits of this process, deadlines and a slow poll.</summary>
internal sealed partial class ReconcileLoop(
    IDbContextFactory<FulfilmentDb> databases,
    CommitSignal<FulfilmentDb> commits,
    Reconciler reconciler,
    IOptions<FulfilmentOptions> options,
    TimeProvider time,
    ILogger<ReconcileLoop> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim slots = new(options.Value.Concurrency, options.Value.Concurrency);

    /// <inheritdoc/>
    public override void Dispose()
    {
        slots.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        try
        {
            await EndStaleLeasesAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await TakeAsync(running, stoppingToken);
                running.RemoveWhere(task => task.IsCompleted);
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // On SQLite this is the only worker: a lease that is held now was left by a process that was killed.
    private async Task EndStaleLeasesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (!db.Database.IsNpgsql())
            {
                await db.EndLeasesAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Then they run out by themselves.
            LogStoreFailed(exception);
        }
    }

    private async Task TakeAsync(HashSet<Task> running, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        var free = 1;
        while (slots.Wait(0, CancellationToken.None))
        {
            free++;
        }

        var commit = commits.Next;
        List<Lease> leases = [];
        try
        {
            leases = await TakeLeasesAsync(free, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStoreFailed(exception);
        }

        if (free > leases.Count)
        {
            slots.Release(free - leases.Count);
        }

        foreach (var lease in leases)
        {
            running.Add(Task.Run(() => WorkAsync(lease, cancellationToken), CancellationToken.None));
        }

        if (leases.Count == 0)
        {
            await commit.OrAfterAsync(await PauseAsync(cancellationToken), time, cancellationToken);
        }
    }

    private async Task<List<Lease>> TakeLeasesAsync(int free, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await db.Services.AnyAsync(service => service.NextRun <= now && service.LeaseUntil <= now, cancellationToken)
            ? await db.TakeAsync(Guid.NewGuid().ToString("N"), free, options.Value.Lease, now, cancellationToken)
            : [];
    }

    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var now = time.GetUtcNow();
            var due = await db.NextDueAsync(now, cancellationToken);
            return due is null || due - now > options.Value.PollInterval
                ? options.Value.PollInterval
                : TimeSpan.FromTicks(Math.Max((due.Value - now).Ticks, TimeSpan.TicksPerMillisecond));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStoreFailed(exception);
            return options.Value.PollInterval;
        }
    }

    private async Task WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(lease, done.Token);
        try
        {
            var next = await NextAsync(lease, cancellationToken);
            await done.CancelAsync();
            await renewal;
            // Also when this process ends: the next one need not wait for the lease to run out.
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            await db.GiveBackAsync(lease, next.At, next.Failures, time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogStoreFailed(exception);
        }
        finally
        {
            slots.Release();
        }
    }

    // A step may take long (a chart that comes slowly); the lease is short, so that another worker soon goes on where this one was killed.
    private async Task RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.Value.Lease / 3, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                await db.RenewAsync(lease, time.GetUtcNow() + options.Value.Lease, cancellationToken);
            }
            catch (Exception exception)
            {
                // One that was cancelled has not failed; the loop's head sees that.
                if (!cancellationToken.IsCancellationRequested)
                {
                    LogStoreFailed(exception);
                }
            }
        }
    }

    private async Task<(DateTimeOffset At, int Failures)> NextAsync(Lease lease, CancellationToken cancellationToken)
    {
        try
        {
            return (await reconciler.RunAsync(lease, cancellationToken), 0);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A newer command came, or another worker took over: look again at what is now.
            return (time.GetUtcNow(), 0);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (time.GetUtcNow(), lease.Failures);
        }
        catch (Exception exception)
        {
            var pause = TimeSpan.FromTicks(Math.Min(ShortestPause.Ticks << Math.Min(lease.Failures, 20), LongestPause.Ticks));
            Telemetry.Failures.Add(1);
            LogFailed(exception, lease.ServiceId, pause);
            return (time.GetUtcNow() + pause, lease.Failures + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service}: the step failed; next try in {Pause}")]
    private partial void LogFailed(Exception exception, Guid service, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker's database failed")]
    private partial void LogStoreFailed(Exception exception);
}
