using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NaaS.Sandbox.Admission;
using NaaS.Sandbox.Schemas;

namespace NaaS.Sandbox.Store;

/// <summary>
/// All objects of one API server (the hub, or a managed cluster). Thread-safe. Trees handed in are never kept, trees handed out are the
/// caller's own. Every change gets the next resourceVersion of the store; refusals are <see cref="ApiStatusException"/>s.
/// Reading takes no lock; a write prepares and checks the object first and takes the lock only to put it in place.
/// </summary>
internal sealed partial class ObjectStore
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TypeTable> _tables = new(StringComparer.Ordinal);
    private readonly ObjectRules _rules;
    private readonly TimeProvider _clock;
    private readonly int _history;
    private long _resourceVersion;

    /// <param name="name">Name of the server: <c>hub</c>, <c>c1</c> ...</param>
    /// <param name="types">The kinds it serves from the start.</param>
    /// <param name="clock">Time for timestamps.</param>
    /// <param name="history">Events per kind that a watch can resume from.</param>
    public ObjectStore(string name, IEnumerable<ResourceType> types, TimeProvider clock, int history = 4096)
    {
        Name = name;
        _clock = clock;
        _history = history;
        _rules = new ObjectRules(this, clock);
        foreach (var type in types)
        {
            Serve(type);
        }
    }

    /// <summary>Name of the server.</summary>
    public string Name { get; }

    /// <summary>Version of the latest change.</summary>
    public long ResourceVersion => Interlocked.Read(ref _resourceVersion);

    /// <summary>The version up to which all watchers have been sent everything.</summary>
    public long Settled
    {
        get
        {
            lock (_gate)
            {
                return _resourceVersion;
            }
        }
    }

    /// <summary>The kinds served now.</summary>
    public IEnumerable<ResourceType> Types => _tables.Values.Select(t => t.Type);

    /// <summary>Told of each change, under the lock and in order: persistence and garbage collection listen here.</summary>
    public event Action<WatchEvent>? Changed;

    private void Serve(ResourceType type)
    {
        var table = _tables.GetOrAdd(type.GroupResource, _ => new TypeTable(type, _history));
        table.Type = type;
    }

    /// <summary>The shape of a kind's objects.</summary>
    public Schema ShapeOf(ResourceType type) => _rules.SchemaOf(type);

    /// <summary>The kind of this name, or null; <paramref name="group"/> is empty for the core group.</summary>
    public ResourceType? FindType(string group, string plural) =>
        _tables.GetValueOrDefault(group.Length == 0 ? plural : $"{plural}.{group}")?.Type;

    /// <summary>The kind of an object with this apiVersion and kind, or null.</summary>
    public ResourceType? FindKind(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        return Types.FirstOrDefault(t => t.Kind == kind && t.Group == group);
    }

    /// <summary>The object, or null. <paramref name="ns"/> is ignored for cluster-scoped kinds.</summary>
    public StoredObject? Find(ResourceType type, string? ns, string name) =>
        Table(type).Find(type.Namespaced ? ns ?? "" : "", name);

    /// <summary>The object, or null.</summary>
    public bool TryFind(ResourceType type, string? ns, string name, [NotNullWhen(true)] out StoredObject? found) =>
        (found = Find(type, ns, name)) is not null;

    /// <summary>The object; a missing one is a 404.</summary>
    public StoredObject Get(ResourceType type, string? ns, string name) => Find(type, ns, name) ?? throw ApiErrors.NotFound(type, name);

    /// <summary>The objects of a namespace (null: of all), by namespace and name, at one resourceVersion.</summary>
    public ObjectList List(ResourceType type, string? ns = null, LabelSelector? labels = null, FieldSelector? fields = null)
    {
        var (version, all) = Snapshot(type);
        var chosen = ns is null ? all.SelectMany(n => n.Value.Values) : all.TryGetValue(ns, out var names) ? names.Values : [];
        if (labels is { MatchesAll: false })
        {
            chosen = chosen.Where(i => labels.Matches(i.Labels));
        }
        if (fields is { MatchesAll: false })
        {
            chosen = chosen.Where(fields.Matches);
        }
        return new ObjectList([.. chosen], version);
    }

    /// <summary>How many objects of a kind there are.</summary>
    public int Count(ResourceType type) => Table(type).Objects.Sum(n => n.Value.Count);

    /// <summary>
    /// Watches a kind in a namespace (null: in all). Without <paramref name="from"/> everything that is there comes first as Added.
    /// With it, what happened since comes first; too old a version is a 410. A watch that is more than <paramref name="capacity"/> events
    /// behind is ended.
    /// </summary>
    public ObjectWatch Watch(ResourceType type, string? ns = null, long? from = null, int capacity = int.MaxValue)
    {
        var table = Table(type);
        lock (_gate)
        {
            if (from < table.RememberedSince)
            {
                throw ApiErrors.TooOld(from.Value, table.RememberedSince);
            }
            var start = from is null
                ? table.Objects.Where(n => ns is null || n.Key == ns).SelectMany(n => n.Value.Values)
                    .Select(o => new WatchEvent(WatchEventType.Added, o.ResourceVersion, o)).ToList()
                : table.Since(from.Value).Where(e => ns is null || e.Object!.Namespace == ns).ToList();
            var watch = new ObjectWatch(ns, capacity == int.MaxValue ? capacity : start.Count + capacity, Leave);
            start.ForEach(watch.Send);
            table.Join(watch);
            return watch;

            void Leave(ObjectWatch leaving)
            {
                lock (_gate)
                {
                    table.Leave(leaving);
                }
            }
        }
    }

    /// <summary>Ends all watches and forgets the past: nobody can resume, as after a restart of an API server.</summary>
    public void EndWatches(Exception why)
    {
        lock (_gate)
        {
            foreach (var table in _tables.Values)
            {
                table.Forget(_resourceVersion, why);
            }
        }
    }

    /// <summary>The store's version and the objects of a kind at that version.</summary>
    private (long Version, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> Objects) Snapshot(ResourceType type)
    {
        var table = Table(type);
        lock (_gate)
        {
            return (_resourceVersion, table.Objects);
        }
    }

    private TypeTable Table(ResourceType type) => _tables.GetValueOrDefault(type.GroupResource) ?? throw ApiErrors.NoSuchResource();
}
