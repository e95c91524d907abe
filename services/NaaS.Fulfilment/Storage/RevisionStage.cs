namespace NaaS.Fulfilment.Storage;

/// <summary>How far a revision is. Those from <see cref="Good"/> on are conclusions.</summary>
internal enum RevisionStage
{
    /// <summary>On its way out to the clusters; what held before stays beside it.</summary>
    Rolling,

    /// <summary>Everything is ready: callers are led from old places to new ones.</summary>
    Switching,

    /// <summary>Everything is ready: what it no longer needs is being taken away.</summary>
    Settling,

    /// <summary>It failed, or calls a change back: the last good revision is being put back.</summary>
    Restoring,

    /// <summary>The service ends, or its first revision failed: everything is being removed.</summary>
    Removing,

    /// <summary>It became good.</summary>
    Good,

    /// <summary>It equalled the good one.</summary>
    Unchanged,

    /// <summary>A newer command replaced it before it was good.</summary>
    Superseded,

    /// <summary>It failed, and the last good one holds.</summary>
    Failed,

    /// <summary>Nothing is left.</summary>
    Terminated,

    /// <summary>It called a change back, and the last good one holds.</summary>
    Withdrawn,
}
