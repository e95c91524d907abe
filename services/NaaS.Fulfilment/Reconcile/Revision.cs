using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>A revision as the planner sees it.</summary>
internal sealed record Revision
{
    /// <summary>Number.</summary>
    public required int Number { get; init; }

    /// <summary>Sequence of its command.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its cause.</summary>
    public required Cause Cause { get; init; }

    /// <summary>What it was made from.</summary>
    public IReadOnlyList<ServiceCharacteristic> Characteristics { get; init; } = [];

    /// <summary>The good revision that it was to replace.</summary>
    public int? Before { get; init; }

    /// <summary>Whether it calls a change back: what is good is put back, and nothing new is delivered.</summary>
    public bool IsWithdrawal { get; init; }

    /// <summary>How far it is.</summary>
    public required RevisionStage Stage { get; init; }

    /// <summary>Why it waits or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>What it delivers; null where it was refused before.</summary>
    public Design? Design { get; init; }

    /// <summary>Cluster by group name; empty until placed.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();

    /// <summary>Hooks that have run.</summary>
    public int HooksDone { get; init; }

    /// <summary>Until when it must be good, or put back.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>When it was concluded; null before.</summary>
    public DateTimeOffset? ConcludedAt { get; init; }

    /// <summary>Whether each group has its cluster.</summary>
    public bool IsPlaced => Design is not null && Design.Groups.All(group => Places.ContainsKey(group.Name));

    /// <summary>The design with its places; null before it is placed.</summary>
    public PlacedDesign? Placed => IsPlaced ? new(Design!, Places) : null;
}
