using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Deliver;

/// <summary>
/// The watches of each cluster's work agent, shared by all services: it has so many, one for each kind in a namespace, and silently polls what goes beyond.
/// So they go to what is being changed; a service that takes some leaves others their share of what is free, and a quiet one gives its own back where more
/// than half are taken. Two services that look at the same moment may take the same one; the agent then polls for one of them.
/// </summary>
/// <param name="PerCluster">Watches of an agent.</param>
/// <param name="Others">What other services have watched, by cluster.</param>
internal sealed record WatchBudget(int PerCluster, IReadOnlyDictionary<string, IReadOnlySet<WatchedKind>> Others)
{
    // A StatefulSet and its first pod take one each.
    private const int Smallest = 2;

    /// <summary>Everything that is worth a watch gets one.</summary>
    public static WatchBudget Unlimited { get; } = new(int.MaxValue, new Dictionary<string, IReadOnlySet<WatchedKind>>());

    /// <summary>Whether nothing of the service is being changed.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>What an object takes; nothing where its kind is not worth a watch.</summary>
    public static IReadOnlyList<WatchedKind> For(ObjectKey key) => Feedback.Of(key) is not { Watch: true } ? []
        : key is { Group: "apps", Kind: "StatefulSet" } ? [WatchedKind.Of(key), WatchedKind.Of(ObservedPod.KeyFor(key))]
        : [WatchedKind.Of(key)];

    /// <summary>What the service has watched on a cluster from now on.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="own">What it has now.</param>
    /// <param name="changed">Objects that are new or changed, the only ones for which more is taken: their work is written anyway.</param>
    public IReadOnlySet<WatchedKind> Take(string cluster, IEnumerable<WatchedKind> own, IEnumerable<ObjectKey> changed)
    {
        var others = Others.GetValueOrDefault(cluster) ?? new HashSet<WatchedKind>();
        var taken = own.ToHashSet();
        var free = PerCluster - others.Union(taken).Count();
        if (IsQuiet)
        {
            return free < PerCluster - free ? new HashSet<WatchedKind>() : taken;
        }

        var share = Math.Min(free, Math.Max(Smallest, (free + 1) / 2));
        foreach (var kinds in changed.Select(For))
        {
            var cost = kinds.Count(kind => !taken.Contains(kind) && !others.Contains(kind));
            if (cost == 0 || cost <= share)
            {
                share -= cost;
                taken.UnionWith(kinds);
            }
        }

        return taken;
    }
}

/// <summary>What one watch covers.</summary>
internal readonly record struct WatchedKind(string Group, string Kind, string Namespace)
{
    /// <summary>The one that covers an object.</summary>
    public static WatchedKind Of(ObjectKey key) => new(key.Group, key.Kind, key.Namespace);
}
