namespace NaaS.Fulfilment.Storage;

/// <summary>One numbered change of a service, good or failed: the audit trail.</summary>
internal sealed class RevisionRecord
{
    /// <summary>The service.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>Number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Sequence of the command that it answers.</summary>
    public required long Sequence { get; init; }

    /// <summary>What caused it, as JSON.</summary>
    public required string Cause { get; init; }

    /// <summary>Characteristics that it was made from, as JSON.</summary>
    public required string Characteristics { get; init; }

    /// <summary>How far it is.</summary>
    public required RevisionStage Stage { get; set; }

    /// <summary>Why it waits or failed, in plain words.</summary>
    public string? Reason { get; set; }

    /// <summary>Chart version; null where it was refused before.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>Digest of the chart archive.</summary>
    public string? ChartDigest { get; init; }

    /// <summary>Digest of what was rendered.</summary>
    public string? RenderedDigest { get; init; }

    /// <summary>The <see cref="Reconcile.Design"/>, each object once, compressed; null where it was refused before.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Cluster by group name, as JSON; empty until placed.</summary>
    public string Places { get; set; } = "{}";

    /// <summary>The good revision that it was to replace.</summary>
    public int? Before { get; init; }

    /// <summary>Whether it calls a change back that was not good: what is good is put back, and nothing new is delivered.</summary>
    public bool IsWithdrawal { get; init; }

    /// <summary>Hooks of this revision that have run.</summary>
    public int HooksDone { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Until when it must be good, or put back.</summary>
    public required DateTimeOffset Deadline { get; set; }

    /// <summary>When it was concluded.</summary>
    public DateTimeOffset? ConcludedAt { get; set; }
}
