using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Deliver;

/// <summary>An object on a cluster.</summary>
/// <param name="Part">Part of the works that carries it.</param>
/// <param name="Number">Apply number: the delivery that last changed it. 0 for CRDs and namespaces, which services share.</param>
/// <param name="Digest">Digest as delivered.</param>
/// <param name="Watched">Whether its status is watched; else it is polled, where it is read at all.</param>
internal sealed record LedgerEntry(int Part, long Number, string Digest, bool Watched = true);

/// <summary>What was delivered where, in which work and under which apply number.</summary>
/// <param name="Entries">By cluster and object.</param>
/// <param name="Deliveries">Number of the last delivery.</param>
internal sealed record Ledger(IReadOnlyDictionary<(string Cluster, ObjectKey Key), LedgerEntry> Entries, long Deliveries)
{
    /// <summary>The hub refuses works above 512 000 bytes of manifests; this leaves room for objects to grow where they are.</summary>
    private const int PartSize = 400_000;

    private const int LargestPart = 500_000;

    /// <summary>Nothing delivered.</summary>
    public static Ledger Empty { get; } = new(new Dictionary<(string, ObjectKey), LedgerEntry>(), 0);

    /// <summary>
    /// The ledger in which each wanted object has its part and number: a number is raised only for an object that differs from what was delivered last.
    /// Objects no longer wanted keep their entries until they are gone.
    /// </summary>
    /// <param name="wanted">Objects by cluster.</param>
    /// <param name="watches">What may be watched; null where nothing limits it.</param>
    public Ledger Assign(IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> wanted, WatchBudget? watches = null)
    {
        var entries = new Dictionary<(string Cluster, ObjectKey Key), LedgerEntry>(Entries);
        var next = Deliveries + 1;
        var changed = false;
        foreach (var (cluster, objects) in wanted)
        {
            var parts = Parts(cluster, objects);
            var digests = objects.ToDictionary(ObjectKey.Of, o => Digests.Of([o]));
            var watched = (watches ?? WatchBudget.Unlimited).Take(
                cluster,
                Entries.Where(entry => entry.Key.Cluster == cluster && entry.Value.Watched).SelectMany(entry => WatchBudget.For(entry.Key.Key)),
                digests.Where(o => Entries.GetValueOrDefault((cluster, o.Key))?.Digest != o.Value).Select(o => o.Key));
            foreach (var o in objects)
            {
                var key = (cluster, ObjectKey.Of(o));
                var digest = digests[key.Item2];
                var known = entries.GetValueOrDefault(key);
                var number = IsShared(key.Item2) ? 0 : known?.Digest == digest ? known.Number : next;
                var kinds = WatchBudget.For(key.Item2);
                var entry = new LedgerEntry(parts[key.Item2], number, digest, kinds.Count > 0 && kinds.All(watched.Contains));
                changed |= entry != known;
                entries[key] = entry;
            }
        }

        return changed ? new(entries, next) : this;
    }

    /// <summary>Whether several services may want the object: then its number must not differ between them.</summary>
    public static bool IsShared(ObjectKey key) => IsDefinition(key) || key is { Kind: "Namespace", Group: "" };

    /// <summary>Whether the object is a CRD.</summary>
    public static bool IsDefinition(ObjectKey key) => key is { Kind: "CustomResourceDefinition", Group: "apiextensions.k8s.io" };

    private Dictionary<ObjectKey, int> Parts(string cluster, IReadOnlyList<JsonObject> objects)
    {
        var parts = new Dictionary<ObjectKey, int>();
        var sizes = new List<int>();
        foreach (var (o, isNew) in objects.Select(o => (o, !Entries.ContainsKey((cluster, ObjectKey.Of(o))))).OrderBy(entry => entry.Item2))
        {
            var key = ObjectKey.Of(o);
            var size = WorkBuilder.SizeOf(o);
            var part = isNew ? 0 : Entries[(cluster, key)].Part;
            while (SizeOf(part) > 0 && SizeOf(part) + size > (isNew ? PartSize : LargestPart))
            {
                part++;
            }

            while (sizes.Count <= part)
            {
                sizes.Add(0);
            }

            sizes[part] += size;
            parts[key] = part;
        }

        return parts;

        int SizeOf(int part) => part < sizes.Count ? sizes[part] : 0;
    }
}
