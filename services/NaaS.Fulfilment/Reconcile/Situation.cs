using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>What is: all that the planner decides from, read from the store and by name from the hub.</summary>
internal sealed record Situation
{
    /// <summary>The service.</summary>
    public required Guid ServiceId { get; init; }

    /// <summary>When this was read.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What is wanted.</summary>
    public required Wish Wish { get; init; }

    /// <summary>The newest revision; null before the first.</summary>
    public Revision? Current { get; init; }

    /// <summary>The good revision that holds; null before the first became good.</summary>
    public Revision? Good { get; init; }

    /// <summary>The good revision that the current one replaces; read while the current one takes its place.</summary>
    public Revision? Replaced { get; init; }

    /// <summary>Why an operator holds roll-outs; null where none does.</summary>
    public string? Held { get; init; }

    /// <summary>Why an operator wants the current revision given up; null where none does.</summary>
    public string? Aborted { get; init; }

    /// <summary>When the repository is asked next for a newer chart version; null before the first time.</summary>
    public DateTimeOffset? VersionLook { get; init; }

    /// <summary>Placements that are or may be on the hub, by name; null for those that are not there.</summary>
    public IReadOnlyDictionary<string, PlacementState?> Placements { get; init; } = new Dictionary<string, PlacementState?>();

    /// <summary>Clusters that do not answer the hub now.</summary>
    public IReadOnlySet<string> Silent { get; init; } = new HashSet<string>();

    /// <summary>
    /// How each cluster suits each group, by group and cluster: of the current revision while it is being placed, of the good one while nothing changes.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, RuleVerdict>> Verdicts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, RuleVerdict>>();

    /// <summary>Works of ours that are or may be on the hub, by cluster and name; null for those that are not there.</summary>
    public IReadOnlyDictionary<WorkId, DeliveredWork?> Works { get; init; } = new Dictionary<WorkId, DeliveredWork?>();

    /// <summary>Works of hooks that are or may be on the hub; null for those that are not there.</summary>
    public IReadOnlyDictionary<WorkId, DeliveredWork?> Hooks { get; init; } = new Dictionary<WorkId, DeliveredWork?>();

    /// <summary>Since when something of the good revision is not ready; null while all is, as far as it was seen.</summary>
    public DateTimeOffset? UnreadySince { get; init; }

    /// <summary>How long that may last before it is told.</summary>
    public TimeSpan Tolerance { get; init; }

    /// <summary>What may be watched on each cluster.</summary>
    public WatchBudget Watches { get; init; } = WatchBudget.Unlimited;

    /// <summary>What was delivered where.</summary>
    public Ledger Ledger { get; init; } = Ledger.Empty;
}

/// <summary>What the newest command wants.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Gone">Whether it ends the service.</param>
/// <param name="Cause">Its cause.</param>
internal sealed record Wish(long Sequence, bool Gone, Cause Cause)
{
    /// <summary>The change that the command calls back; null where it calls none back.</summary>
    public Withdrawal? Withdrawal { get; init; }
}

/// <summary>A change that is called back.</summary>
/// <param name="Before">The good revision that held before it; null where it was the first.</param>
internal sealed record Withdrawal(int? Before);

/// <summary>Where a work is on the hub.</summary>
/// <param name="Cluster">Cluster, also the namespace.</param>
/// <param name="Name">Name.</param>
internal readonly record struct WorkId(string Cluster, string Name);
