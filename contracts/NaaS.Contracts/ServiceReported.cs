namespace NaaS.Contracts;

/// <summary>
/// Event from the worker: what is true of a service now. A full snapshot each time, so a lost or repeated one does no harm.
/// </summary>
/// <param name="ServiceId">Id of the customer-facing service.</param>
/// <param name="Report">Increases with each report of a service; a lower one than the last seen is stale as a snapshot, its conclusion still counts.</param>
/// <param name="Sequence">Sequence of the command that this report answers.</param>
/// <param name="Revision">Number of the revision.</param>
/// <param name="Cause">Cause of the revision.</param>
/// <param name="Rollout">How far the revision has come.</param>
/// <param name="Reason">Why it waits or failed, in plain words, naming workload, cluster and reason; null otherwise.</param>
/// <param name="Components">The service's components as they are.</param>
/// <param name="At">When this was true.</param>
public sealed record ServiceReported(
    Guid ServiceId,
    long Report,
    long Sequence,
    int Revision,
    Cause Cause,
    Rollout Rollout,
    string? Reason,
    IReadOnlyList<ComponentReport> Components,
    DateTimeOffset At)
{
    /// <summary>Addresses of Services and Ingresses.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>The characteristics in force, where they are not the wanted ones: the last good ones after a failure, those of an earlier revision
    /// after an operator's roll-back. Null where the wanted ones hold.</summary>
    public IReadOnlyList<ServiceCharacteristic>? InForce { get; init; }

    /// <summary>Whether nothing was concluded: it tells how a service fares whose last revision was concluded before.</summary>
    public bool Standing { get; init; }

    /// <summary>What is not ready although the revision was good, in plain words; null where all is well.</summary>
    public string? Degraded { get; init; }

    /// <summary>What somebody else changed on hub or cluster and is being put right, in plain words; null where nothing.</summary>
    public string? Drift { get; init; }

    /// <summary>Whether an operator holds the roll-out; the reason says so.</summary>
    public bool Held { get; init; }

    /// <summary>Whether the service is inactive: kept with its data, nothing of it running.</summary>
    public bool Inactive { get; init; }

    /// <summary>Links between components that are cut, in plain words, since their ends are on clusters without Multi-Cluster Services.</summary>
    public IReadOnlyList<string> CutLinks { get; init; } = [];

    /// <summary>The chart's NOTES.txt, when a revision became good.</summary>
    public string? Notes { get; init; }

    /// <summary>Resolved chart version.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>For the audit trail, when a revision is concluded: what was delivered. Null before.</summary>
    public DeliveredRevision? Delivered { get; init; }
}
