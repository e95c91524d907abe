using System.Collections.Immutable;

namespace NaaS.Sandbox.Store;

/// <summary>
/// The objects of one kind: an immutable snapshot for readers, the recent events for watches that resume, and who is watching.
/// Writes happen under the store's lock.
/// </summary>
internal sealed class TypeTable(ResourceType type, int history)
{
    private static readonly ImmutableSortedDictionary<string, StoredObject> Nothing =
        ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly Queue<WatchEvent> _recent = new();
    private readonly HashSet<ObjectWatch> _everywhere = [];
    private readonly Dictionary<string, HashSet<ObjectWatch>> _byNamespace = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _objects =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(StringComparer.Ordinal);

    public ResourceType Type { get; set; } = type;

    /// <summary>All objects by namespace and name, as of now.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> Objects => Volatile.Read(ref _objects);

    /// <summary>Events after this resourceVersion are remembered.</summary>
    public long RememberedSince { get; private set; }

    public StoredObject? Find(string ns, string name) =>
        Objects.TryGetValue(ns, out var names) && names.TryGetValue(name, out var found) ? found : null;

    public void Put(StoredObject item)
    {
        var names = Objects.TryGetValue(item.Namespace, out var there) ? there : Nothing;
        Volatile.Write(ref _objects, Objects.SetItem(item.Namespace, names.SetItem(item.Name, item)));
    }

    public void Remove(StoredObject item)
    {
        var names = Objects[item.Namespace].Remove(item.Name);
        Volatile.Write(ref _objects, names.IsEmpty ? Objects.Remove(item.Namespace) : Objects.SetItem(item.Namespace, names));
    }

    public void Announce(WatchEvent happened)
    {
        _recent.Enqueue(happened);
        if (_recent.Count > history)
        {
            RememberedSince = _recent.Dequeue().ResourceVersion;
        }
        foreach (var watch in _everywhere)
        {
            watch.Send(happened);
        }
        if (_byNamespace.TryGetValue(happened.Object!.Namespace, out var watches))
        {
            foreach (var watch in watches)
            {
                watch.Send(happened);
            }
        }
    }

    public void Join(ObjectWatch watch)
    {
        if (watch.Namespace is null)
        {
            _everywhere.Add(watch);
        }
        else if (_byNamespace.TryGetValue(watch.Namespace, out var watches))
        {
            watches.Add(watch);
        }
        else
        {
            _byNamespace.Add(watch.Namespace, [watch]);
        }
    }

    public void Leave(ObjectWatch watch)
    {
        if (watch.Namespace is null)
        {
            _everywhere.Remove(watch);
        }
        else if (_byNamespace.TryGetValue(watch.Namespace, out var watches) && watches.Remove(watch) && watches.Count == 0)
        {
            _byNamespace.Remove(watch.Namespace);
        }
    }

    public IEnumerable<WatchEvent> Since(long resourceVersion) => _recent.SkipWhile(e => e.ResourceVersion <= resourceVersion);

    /// <summary>Forgets the past up to here; who watches must list again.</summary>
    public void Forget(long resourceVersion, Exception why)
    {
        _recent.Clear();
        RememberedSince = resourceVersion;
        foreach (var watch in _everywhere.Concat(_byNamespace.Values.SelectMany(w => w)).ToList())
        {
            watch.End(why);
            Leave(watch);
        }
    }
}
