using System.Text.Json.Nodes;
using System.Threading.Channels;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Lifecycle;

/// <summary>
/// Collects objects whose owners are gone, and carries out foreground and orphan deletions, as kube-controller-manager does. It keeps
/// the dependants of each owner, so that its work grows with what is deleted and not with what there is.
/// </summary>
internal sealed class GarbageCollector : IController
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";
    private readonly ObjectStore _store;
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<Key>> _dependants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Key> _alive = new(StringComparer.Ordinal);

    /// <summary>Starts to listen at once, so that nothing is missed before it runs.</summary>
    public GarbageCollector(ObjectStore store)
    {
        _store = store;
        store.Changed += Note;
        foreach (var item in store.Types.ToList().SelectMany(t => store.List(t).Items))
        {
            Note(new WatchEvent(WatchEventType.Added, item.ResourceVersion, item));
        }
    }

    /// <inheritdoc/>
    public string Name => $"garbage collector of {_store.Name}";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var work in _work.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                Do(work);
            }
            catch (ApiStatusException passing) when (passing.Code is 404 or 409)
            {
                // Somebody was faster; what they did brings its own event.
            }
        }
    }

    /// <summary>Keeps the graph up to date. Called under the store's lock, so it only notes.</summary>
    private void Note(WatchEvent happened)
    {
        var item = happened.Object!;
        var key = Key.Of(item);
        lock (_gate)
        {
            if (happened.Type == WatchEventType.Deleted)
            {
                _alive.Remove(item.Uid);
                Forget(key, happened.Previous ?? item);
                if (_dependants.ContainsKey(item.Uid))
                {
                    _work.Writer.TryWrite(new Work(WorkKind.OwnerGone, key, item.Uid));
                }
                // An owner that waits for this one can go on.
                foreach (var owner in item.Owners.Where(o => o.Blocks && _alive.TryGetValue(o.Uid, out _)))
                {
                    _work.Writer.TryWrite(new Work(WorkKind.Waiting, _alive[owner.Uid], owner.Uid));
                }
                return;
            }
            _alive[item.Uid] = key;
            if (happened.Previous is { } previous && !previous.Owners.SequenceEqual(item.Owners))
            {
                Forget(key, previous);
            }
            foreach (var owner in item.Owners)
            {
                (_dependants.TryGetValue(owner.Uid, out var set) ? set : _dependants[owner.Uid] = []).Add(key);
                if (!_alive.ContainsKey(owner.Uid))
                {
                    _work.Writer.TryWrite(new Work(WorkKind.Doubtful, key, item.Uid));
                }
            }
            if (item.Deleting && item.Finalizers.Any(f => f is Orphan or Foreground))
            {
                _work.Writer.TryWrite(new Work(WorkKind.Waiting, key, item.Uid));
            }
        }
    }

    private void Forget(Key key, StoredObject item)
    {
        foreach (var owner in item.Owners)
        {
            if (_dependants.TryGetValue(owner.Uid, out var set) && set.Remove(key) && set.Count == 0)
            {
                _dependants.Remove(owner.Uid);
            }
        }
    }

    private void Do(Work work)
    {
        switch (work.Kind)
        {
            case WorkKind.OwnerGone:
                foreach (var dependant in DependantsOf(work.Uid))
                {
                    Release(dependant);
                }
                break;
            case WorkKind.Doubtful:
                Release(work.Key);
                break;
            default:
                if (Find(work.Key) is { Deleting: true } owner && owner.Uid == work.Uid)
                {
                    Advance(owner);
                }
                break;
        }
    }

    /// <summary>Deletes a dependant none of whose owners is left; otherwise takes the dead owners out of it.</summary>
    private void Release(Key key)
    {
        if (Find(key) is not { } item || item.Owners.Count == 0)
        {
            return;
        }
        var dead = item.Owners.Where(o => !IsAlive(o.Uid)).Select(o => o.Uid).ToHashSet(StringComparer.Ordinal);
        if (dead.Count == 0)
        {
            return;
        }
        if (dead.Count == item.Owners.Count)
        {
            _store.Delete(item.Type, item.Namespace, item.Name, new DeleteOptions { Uid = item.Uid, Propagation = Propagation.Background });
            return;
        }
        Drop(item, dead);
    }

    private void Advance(StoredObject owner)
    {
        var dependants = DependantsOf(owner.Uid).Select(Find).OfType<StoredObject>().ToList();
        if (owner.Finalizers.Contains(Orphan))
        {
            dependants.ForEach(d => Drop(d, new HashSet<string>(StringComparer.Ordinal) { owner.Uid }));
            Finish(owner, Orphan);
            return;
        }
        foreach (var dependant in dependants.Where(d => !d.Deleting && d.Owners.All(o => o.Uid == owner.Uid || !IsAlive(o.Uid))))
        {
            _store.Delete(dependant.Type, dependant.Namespace, dependant.Name, new DeleteOptions { Uid = dependant.Uid, Propagation = Propagation.Foreground });
        }
        if (!DependantsOf(owner.Uid).Select(Find).OfType<StoredObject>().Any(d => d.Owners.Any(o => o.Uid == owner.Uid && o.Blocks)))
        {
            Finish(owner, Foreground);
        }
    }

    private void Drop(StoredObject item, HashSet<string> owners) => _store.Edit(item.Type, item.Namespace, item.Name, json =>
    {
        var meta = json.Obj("metadata")!;
        var kept = (meta.Arr("ownerReferences") ?? []).Where(o => !owners.Contains(o.Str("uid") ?? "")).Select(o => o!.DeepClone()).ToArray();
        meta.Remove("ownerReferences");
        if (kept.Length > 0)
        {
            meta["ownerReferences"] = new JsonArray(kept);
        }
        return true;
    });

    private void Finish(StoredObject owner, string finalizer) => _store.Edit(owner.Type, owner.Namespace, owner.Name, json =>
    {
        var meta = json.Obj("metadata")!;
        meta["finalizers"] = new JsonArray([.. (meta.Arr("finalizers") ?? []).Where(f => f.Str() != finalizer).Select(f => f!.DeepClone())]);
        return true;
    });

    private List<Key> DependantsOf(string uid)
    {
        lock (_gate)
        {
            return _dependants.TryGetValue(uid, out var set) ? [.. set] : [];
        }
    }

    private bool IsAlive(string uid)
    {
        lock (_gate)
        {
            return _alive.ContainsKey(uid);
        }
    }

    private StoredObject? Find(Key key) => _store.FindType(key.Group, key.Plural) is { } type ? _store.Find(type, key.Namespace, key.Name) : null;

    private enum WorkKind
    {
        OwnerGone,
        Doubtful,
        Waiting,
    }

    private readonly record struct Work(WorkKind Kind, Key Key, string Uid);

    private readonly record struct Key(string Group, string Plural, string Namespace, string Name)
    {
        public static Key Of(StoredObject item) => new(item.Type.Group, item.Type.Plural, item.Namespace, item.Name);
    }
}
