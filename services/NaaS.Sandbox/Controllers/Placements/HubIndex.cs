using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>Parsed ManagedClusters and counted decisions, kept up with the hub so that a decision need not read everything again.</summary>
internal sealed class HubIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), IReadOnlyList<string>> _decisions = [];

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

            var now = happened.Object.Read();
            _clusters[name] = now;
            return before is null || !SameForScheduling(before, now);
        }
    }

    public void DecisionChanged(WatchEvent happened)
    {
        var decision = happened.Object!;
        lock (_lock)
        {
            if (happened.Type == WatchEventType.Deleted)
            {
                _decisions.Remove((decision.Namespace, decision.Name));
            }
            else
            {
                _decisions[(decision.Namespace, decision.Name)] =
                    [.. decision.Read().Items("status", "decisions").Select(entry => entry.Str("clusterName") ?? "")];
            }
        }
    }

    public IReadOnlyList<JsonObject> Clusters()
    {
        lock (_lock)
        {
            return [.. _clusters.Values];
        }
    }

    /// <summary>How many decisions name each cluster, those of these objects left out.</summary>
    public IReadOnlyDictionary<string, int> Counts(string ns, IReadOnlySet<string> without)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var ((space, name), clusters) in _decisions)
            {
                if (space == ns && without.Contains(name))
                {
                    continue;
                }

                foreach (var cluster in clusters)
                {
                    counts[cluster] = counts.GetValueOrDefault(cluster) + 1;
                }
            }
        }

        return counts;
    }

    private static bool SameForScheduling(JsonObject a, JsonObject b) =>
        Json.Same(a.At("metadata", "labels"), b.At("metadata", "labels"))
        && Json.Same(a["spec"], b["spec"])
        && Json.Same(a.At("status", "clusterClaims"), b.At("status", "clusterClaims"))
        && Json.Same(a.At("status", "version"), b.At("status", "version"))
        && Json.Same(a.At("status", "allocatable"), b.At("status", "allocatable"));
}
