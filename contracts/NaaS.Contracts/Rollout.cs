namespace NaaS.Contracts;

/// <summary>How far a revision has come. Those from <see cref="Good"/> on are conclusions: nothing follows for that sequence.</summary>
public enum Rollout
{
    /// <summary>Rendered and split into components.</summary>
    Designed,

    /// <summary>No cluster matches yet; the reason says why for each cluster. Retried until the deadline.</summary>
    Waiting,

    /// <summary>Every component has a cluster.</summary>
    Placed,

    /// <summary>Applied on every cluster, becoming ready.</summary>
    Delivered,

    /// <summary>The change is being called back: what was good before it is put back.</summary>
    Restoring,

    /// <summary>The service is being removed.</summary>
    Removing,

    /// <summary>Every workload is ready on its cluster.</summary>
    Good,

    /// <summary>Nothing had to change: rendered objects and places equal the running ones.</summary>
    Unchanged,

    /// <summary>A newer command replaced it before it was good.</summary>
    Superseded,

    /// <summary>It did not become good and the last good revision was put back, or it was refused before anything was delivered.</summary>
    Failed,

    /// <summary>The first revision failed and everything was removed, or the service was ended: nothing is left.</summary>
    Terminated,

    /// <summary>The change was called back before it was good, and what was good before it holds.</summary>
    Withdrawn,
}
