using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Keeps the lists that clients are paging through, so that later pages show the same state; the oldest are forgotten.</summary>
internal sealed class PageCache
{
    private const int Most = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ObjectList> _lists = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Keeps a list; returns the name to find it again.</summary>
    public string Keep(ObjectList list)
    {
        lock (_gate)
        {
            var id = Guid.NewGuid().ToString("N");
            _lists.Add(id, list);
            _order.Enqueue(id);
            if (_order.Count > Most)
            {
                _lists.Remove(_order.Dequeue());
            }
            return id;
        }
    }

    /// <summary>The list, or null when it is no longer kept.</summary>
    public ObjectList? Find(string id)
    {
        lock (_gate)
        {
            return _lists.GetValueOrDefault(id);
        }
    }

    /// <summary>Forgets all lists.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _lists.Clear();
            _order.Clear();
        }
    }
}
