using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using Microsoft.Extensions.Logging;

namespace NaaS.ClusterHub.Election;

/// <summary>Lets one process of many do a job, decided by a Kubernetes Lease on the hub.</summary>
/// <param name="kubernetes">The hub.</param>
/// <param name="namespace">Namespace of the Lease.</param>
/// <param name="name">Name of the Lease.</param>
/// <param name="duration">How long a silent holder keeps it.</param>
/// <param name="logger">Where changes are told.</param>
public sealed partial class HubElection(Kubernetes kubernetes, string @namespace, string name, TimeSpan duration, ILogger<HubElection> logger)
{
    private readonly string identity = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    /// <summary>Runs <paramref name="job"/> whenever this process holds the Lease, and cancels it when the Lease is lost. Ends only by cancellation.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> job, CancellationToken cancellationToken)
    {
        var settings = new LeaderElectionConfig(new LeaseLock(kubernetes, @namespace, name, identity))
        {
            LeaseDuration = duration,
            RenewDeadline = duration * 2 / 3,
            RetryPeriod = duration / 7,
        };
        using var elector = new LeaderElector(settings);
        CancellationTokenSource? term = null;
        var work = Task.CompletedTask;
        elector.OnStartedLeading += () =>
        {
            LogStarted(name);
            term = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            work = job(term.Token);
        };
        elector.OnStoppedLeading += () =>
        {
            LogStopped(name);
            term?.Cancel();
        };
        elector.OnError += exception => LogFailed(exception, name);
        try
        {
            await elector.RunAndTryToHoldLeadershipForeverAsync(cancellationToken);
        }
        finally
        {
            term?.Cancel();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            term?.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This process now holds the lease {Name}")]
    private partial void LogStarted(string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "This process no longer holds the lease {Name}")]
    private partial void LogStopped(string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease {Name} could not be renewed")]
    private partial void LogFailed(Exception exception, string name);
}
