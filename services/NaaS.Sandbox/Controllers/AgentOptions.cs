namespace NaaS.Sandbox.Controllers;

/// <summary>How the simulated agents of a managed cluster behave; the defaults are OCM's.</summary>
public sealed record AgentOptions
{
    /// <summary>The work agent's <c>--status-sync-interval</c>: feedback by Poll comes after this and up to 90 % more.</summary>
    public TimeSpan StatusSync { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this and up to 50 % more the work agent applies a work again, which undoes drift.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The work agent's <c>--max-feedback-watch</c>: resource-and-namespace pairs that it watches; beyond that it polls.</summary>
    public int FeedbackWatches { get; init; } = 50;

    /// <summary>Longest wait between two tries of a work that cannot be applied; the first is 5 ms.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(1000);

    /// <summary>From the loss of a cluster's agents until the hub calls it Unknown; null is five times its leaseDurationSeconds.</summary>
    public TimeSpan? LeaseGrace { get; init; }

    /// <summary>From the loss of a cluster's API server until its agent reports it unavailable.</summary>
    public TimeSpan HealthCheck { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>
    /// Whether a work agent may only do what the klusterlet grants it: no PersistentVolume, StorageClass, ResourceQuota or custom resource
    /// unless a ClusterRole labelled <c>open-cluster-management.io/aggregate-to-work: "true"</c> grants it.
    /// </summary>
    public bool Restricted { get; init; }

    /// <summary>How long a Job's pod runs once it is started.</summary>
    public TimeSpan JobRun { get; init; } = TimeSpan.FromMilliseconds(200);
}
