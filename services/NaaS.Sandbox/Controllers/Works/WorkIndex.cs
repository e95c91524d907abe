using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Which works name which objects of the cluster, and which of these are watched rather than polled for feedback.</summary>
internal sealed class WorkIndex(AgentOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Entry>> _byWork = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Resource, string Namespace, string Name), List<string>> _byObject = [];
    private readonly Dictionary<(string Resource, string Namespace), HashSet<string>> _watches = [];

    /// <summary>Notes a work's objects and takes the watches it asks for, within the agent's budget.</summary>
    public void Set(string work, IEnumerable<(ManifestId Id, bool Watch)> objects)
    {
        lock (_lock)
        {
            Remove(work);
            var entries = _byWork[work] = [.. objects.Select(o => new Entry(Resource(o.Id), o.Id.Namespace, o.Id.Name, o.Watch))];
            foreach (var entry in entries)
            {
                var key = (entry.Resource, entry.Namespace, entry.Name);
                if (!_byObject.TryGetValue(key, out var works))
                {
                    _byObject[key] = works = [];
                }

                works.Add(work);
                if (entry.Watch)
                {
                    TakeWatch((entry.Resource, entry.Namespace), work);
                }
            }
        }
    }

    public void Forget(string work)
    {
        lock (_lock)
        {
            Remove(work);
        }
    }

    /// <summary>The works that name the object, each with whether its feedback comes by watch.</summary>
    public IReadOnlyList<(string Work, bool Watched)> WorksOf(StoredObject changed)
    {
        lock (_lock)
        {
            return _byObject.TryGetValue((changed.Type.GroupResource, changed.Namespace, changed.Name), out var works)
                ? [.. works.Select(work => (work, Watched(work, changed)))] : [];
        }
    }

    private bool Watched(string work, StoredObject changed) =>
        _watches.TryGetValue((changed.Type.GroupResource, changed.Namespace), out var users) && users.Contains(work)
        && _byWork[work].Exists(entry => entry.Watch && entry.Resource == changed.Type.GroupResource
            && entry.Namespace == changed.Namespace && entry.Name == changed.Name);

    private void TakeWatch((string Resource, string Namespace) key, string work)
    {
        if (!_watches.TryGetValue(key, out var users))
        {
            if (_watches.Count >= options.FeedbackWatches)
            {
                return;
            }

            _watches[key] = users = [];
        }

        users.Add(work);
    }

    private void Remove(string work)
    {
        if (!_byWork.Remove(work, out var entries))
        {
            return;
        }

        foreach (var entry in entries)
        {
            var key = (entry.Resource, entry.Namespace, entry.Name);
            if (_byObject.TryGetValue(key, out var works) && works.Remove(work) && works.Count == 0)
            {
                _byObject.Remove(key);
            }

            var watch = (entry.Resource, entry.Namespace);
            if (_watches.TryGetValue(watch, out var users) && users.Remove(work) && users.Count == 0)
            {
                _watches.Remove(watch);
            }
        }
    }

    private static string Resource(ManifestId id) => id.Group.Length == 0 ? id.Resource : $"{id.Resource}.{id.Group}";

    private sealed record Entry(string Resource, string Namespace, string Name, bool Watch);
}
