using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>Keeps the lists that clients are paging through for five minutes, so that later pages show the same state.</summary>
internal sealed class PageCache(TimeProvider clock)
{
    private const int Most = 64;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ObjectList> _lists = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset Since)> _order = new();

    /// <summary>Keeps a list; returns the name to find it again.</summary>
    public string Keep(ObjectList list)
    {
        lock (_gate)
        {
            Forget();
            var id = Guid.NewGuid().ToString("N");
            _lists.Add(id, list);
            _order.Enqueue((id, clock.GetUtcNow()));
            return id;
        }
    }

    /// <summary>The list, or null when it is no longer kept.</summary>
    public ObjectList? Find(string id)
    {
        lock (_gate)
        {
            Forget();
            return _lists.GetValueOrDefault(id);
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= Most || clock.GetUtcNow() - oldest.Since > Longest))
        {
            _order.Dequeue();
            _lists.Remove(oldest.Id);
        }
    }
}
