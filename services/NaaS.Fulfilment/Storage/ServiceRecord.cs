namespace NaaS.Fulfilment.Storage;

/// <summary>A service: what is wanted of it, how far it is, and who works on it.</summary>
internal sealed class ServiceRecord
{
    /// <summary>Id of the customer-facing service.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the first command came.</summary>
    public required DateTimeOffset Born { get; init; }

    /// <summary>Name as ordered.</summary>
    public required string Name { get; set; }

    /// <summary>Sequence of the newest command.</summary>
    public long Sequence { get; set; }

    /// <summary>When the newest command came.</summary>
    public DateTimeOffset WantedAt { get; set; }

    /// <summary>Whether the newest command ends the service.</summary>
    public bool Gone { get; set; }

    /// <summary>Wanted characteristics as JSON.</summary>
    public string Characteristics { get; set; } = "[]";

    /// <summary>Whether the service shall be inactive: kept with its data, nothing of it running.</summary>
    public bool Inactive { get; set; }

    /// <summary>Revision that the newest command goes back to; null where it tells characteristics.</summary>
    public int? RollBackTo { get; set; }

    /// <summary>Sequence of the change that the newest command calls back; null where it calls none back.</summary>
    public long? Withdraws { get; set; }

    /// <summary>Since when an operator holds roll-outs; null while none does.</summary>
    public DateTimeOffset? HeldSince { get; set; }

    /// <summary>Why roll-outs are held, in the operator's words.</summary>
    public string? HeldReason { get; set; }

    /// <summary>Revision that an operator wants given up; null where none.</summary>
    public int? AbortedRevision { get; set; }

    /// <summary>Why, in the operator's words.</summary>
    public string? AbortReason { get; set; }

    /// <summary>When the repository is asked next for a newer chart version; null before the first time.</summary>
    public DateTimeOffset? VersionLook { get; set; }

    /// <summary>Chart versions that are not taken automatically since they failed, as JSON; null where there is none.</summary>
    public string? BadVersions { get; set; }

    /// <summary>Cause of the newest command as JSON.</summary>
    public required string Cause { get; set; }

    /// <summary>Sequence of the newest command that a revision was made for.</summary>
    public long Taken { get; set; }

    /// <summary>Number of the newest revision.</summary>
    public int Revision { get; set; }

    /// <summary>Number of the last good revision, the one that holds.</summary>
    public int? Good { get; set; }

    /// <summary>Number of the last report.</summary>
    public long Reports { get; set; }

    /// <summary>Digest of what the last report said, so that it is not said again.</summary>
    public string? Reported { get; set; }

    /// <summary>Number of the last delivery, the source of apply numbers.</summary>
    public long Deliveries { get; set; }

    /// <summary>Whether a change of the clusters may help it on.</summary>
    public bool WaitsForClusters { get; set; }

    /// <summary>Clusters on which components failed and that are avoided for a while, as JSON; null where there is none.</summary>
    public string? Avoided { get; set; }

    /// <summary>Since when something of the good revision is not ready; null while all is.</summary>
    public DateTimeOffset? UnreadySince { get; set; }

    /// <summary>What the last report said to be not ready although the revision is good; null where all was well.</summary>
    public string? Degraded { get; set; }

    /// <summary>Failures in a row of what may pass, such as an unreachable hub.</summary>
    public int Failures { get; set; }

    /// <summary>When it is looked at next.</summary>
    public DateTimeOffset NextRun { get; set; }

    /// <summary>Raised by everything that asks for a look: a look that began before does not postpone it.</summary>
    public long Wakes { get; set; }

    /// <summary>Who works on it.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Concurrency token. Taking the lease changes it, so a worker that lost the lease can save nothing.</summary>
    public Guid Version { get; set; }
}
