using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using Microsoft.Extensions.Logging;

namespace NaaS.ClusterHub.Election;

/// <summary>
/// Lets one process of many do a job, decided by a Kubernetes Lease on the hub. Neither a hub that fails nor a job that fails ends it: the next term,
/// or the next try of the job, follows after a pause. A process that stops gives the Lease back, so that the next one need not wait for its end.
/// </summary>
/// <param name="kubernetes">The hub.</param>
/// <param name="namespace">Namespace of the Lease.</param>
/// <param name="name">Name of the Lease.</param>
/// <param name="duration">How long a silent holder keeps it.</param>
/// <param name="logger">Where changes are told.</param>
public sealed partial class HubElection(Kubernetes kubernetes, string @namespace, string name, TimeSpan duration, ILogger<HubElection> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GivingBack = TimeSpan.FromSeconds(2);
    private readonly string identity = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    private TimeSpan Retry => duration / 7;

    /// <summary>Runs <paramref name="job"/> whenever this process holds the Lease, and cancels it when the Lease is lost. Ends only by cancellation.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> job, CancellationToken cancellationToken)
    {
        var settings = new LeaderElectionConfig(new LeaseLock(kubernetes, @namespace, name, identity))
        {
            LeaseDuration = duration,
            RenewDeadline = duration * 2 / 3,
            RetryPeriod = Retry,
        };
        // One for all terms: it knows since when another holder has been silent.
        using var elector = new LeaderElector(settings);
        elector.OnError += exception => LogNotRenewed(exception, name);
        while (true)
        {
            try
            {
                await TermAsync(elector, job, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(exception, name);
            }

            await Task.Delay(Retry, cancellationToken);
        }
    }

    private async Task TermAsync(LeaderElector elector, Func<CancellationToken, Task> job, CancellationToken cancellationToken)
    {
        using var term = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task? work = null;
        void Begin()
        {
            LogStarted(name);
            work = WorkAsync(job, term.Token);
        }

        elector.OnStartedLeading += Begin;
        try
        {
            await elector.RunUntilLeadershipLostAsync(cancellationToken);
        }
        finally
        {
            elector.OnStartedLeading -= Begin;
            await term.CancelAsync();
            if (work is not null)
            {
                await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                LogStopped(name);
                await GiveBackAsync();
            }
        }
    }

    private async Task WorkAsync(Func<CancellationToken, Task> job, CancellationToken term)
    {
        for (var pause = Retry; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                await job(term);
            }
            catch (Exception exception) when (!term.IsCancellationRequested)
            {
                LogJobFailed(exception, name, pause);
            }

            await Task.Delay(pause, term);
        }
    }

    private async Task GiveBackAsync()
    {
        using var limit = new CancellationTokenSource(GivingBack);
        try
        {
            var lease = await kubernetes.CoordinationV1.ReadNamespacedLeaseAsync(name, @namespace, cancellationToken: limit.Token);
            if (lease.Spec?.HolderIdentity == identity)
            {
                lease.Spec.HolderIdentity = "";
                await kubernetes.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, name, @namespace, cancellationToken: limit.Token);
            }
        }
        catch (Exception exception)
        {
            // Then it runs out by itself.
            LogNotRenewed(exception, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process now holds the lease {Name}")]
    private partial void LogStarted(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process no longer holds the lease {Name}")]
    private partial void LogStopped(string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease {Name} could not be renewed or given back")]
    private partial void LogNotRenewed(Exception exception, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease {Name} could not be asked for; it is tried again")]
    private partial void LogFailed(Exception exception, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "What the holder of the lease {Name} does has failed; it begins again in {Pause}")]
    private partial void LogJobFailed(Exception exception, string name, TimeSpan pause);
}
