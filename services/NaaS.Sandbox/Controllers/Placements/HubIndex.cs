using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>ManagedClusters and counted decisions, kept up with the hub, so that a decision costs no more when there are many Placements.</summary>
internal sealed class HubIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Candidate> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), IReadOnlyList<string>> _decisions = [];
    private readonly Dictionary<(string Namespace, string Placement), SortedSet<string>> _byPlacement = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes in a change of a ManagedCluster; says whether a decision may depend on it.</summary>
    public bool ClusterChanged(WatchEvent happened)
    {
        var name = happened.Object!.Name;
        lock (_lock)
        {
            var before = _clusters.GetValueOrDefault(name);
            if (happened.Type == WatchEventType.Deleted || happened.Object.Deleting)
            {
                return _clusters.Remove(name);
            }

            var now = Candidate.Of(happened.Object.Read());
            _clusters[name] = now;
            return before is null || !before.SameForScheduling(now);
        }
    }

    public void DecisionChanged(WatchEvent happened)
    {
        var decision = happened.Object!;
        var key = (decision.Namespace, decision.Name);
        lock (_lock)
        {
            Count(_decisions.GetValueOrDefault(key) ?? [], -1);
            _decisions.Remove(key);
            Forget(happened.Previous ?? decision);
            if (happened.Type == WatchEventType.Deleted)
            {
                return;
            }

            var clusters = _decisions[key] = [.. decision.Read().Items("status", "decisions").Select(entry => entry.Str("clusterName") ?? "")];
            Count(clusters, 1);
            if (decision.Labels.TryGetValue(Decisions.PlacementLabel, out var placement))
            {
                if (!_byPlacement.TryGetValue((decision.Namespace, placement), out var names))
                {
                    _byPlacement[(decision.Namespace, placement)] = names = new SortedSet<string>(StringComparer.Ordinal);
                }

                names.Add(decision.Name);
            }
        }
    }

    public IReadOnlyList<Candidate> Clusters()
    {
        lock (_lock)
        {
            return [.. _clusters.Values];
        }
    }

    /// <summary>Names of the decisions labelled as the Placement's.</summary>
    public IReadOnlyList<string> DecisionsOf(string ns, string placement)
    {
        lock (_lock)
        {
            return _byPlacement.TryGetValue((ns, placement), out var names) ? [.. names] : [];
        }
    }

    /// <summary>How many decisions name each cluster, those of these objects left out.</summary>
    public IReadOnlyDictionary<string, int> Counts(string ns, IEnumerable<string> without)
    {
        lock (_lock)
        {
            var counts = new Dictionary<string, int>(_counts, StringComparer.Ordinal);
            foreach (var cluster in without.SelectMany(name => _decisions.GetValueOrDefault((ns, name)) ?? []))
            {
                if (--counts[cluster] == 0)
                {
                    counts.Remove(cluster);
                }
            }

            return counts;
        }
    }

    private void Count(IReadOnlyList<string> clusters, int by)
    {
        foreach (var cluster in clusters)
        {
            var count = _counts[cluster] = _counts.GetValueOrDefault(cluster) + by;
            if (count == 0)
            {
                _counts.Remove(cluster);
            }
        }
    }

    private void Forget(StoredObject decision)
    {
        if (decision.Labels.TryGetValue(Decisions.PlacementLabel, out var placement)
            && _byPlacement.TryGetValue((decision.Namespace, placement), out var names) && names.Remove(decision.Name) && names.Count == 0)
        {
            _byPlacement.Remove((decision.Namespace, placement));
        }
    }
}
