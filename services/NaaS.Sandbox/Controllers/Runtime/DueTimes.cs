namespace NaaS.Sandbox.Controllers.Runtime;

/// <summary>Items that are due later, behind a single timer.</summary>
internal sealed class DueTimes : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<WorkItem, DateTimeOffset> _queue = new();
    private readonly Dictionary<WorkItem, DateTimeOffset> _due = [];
    private readonly TimeProvider _time;
    private readonly Action<WorkItem> _enqueue;
    private readonly ITimer _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;
    private bool _stopped;

    public DueTimes(TimeProvider time, Action<WorkItem> enqueue)
    {
        _time = time;
        _enqueue = enqueue;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes the item due; of two times the earlier counts.</summary>
    public void Add(WorkItem item, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_stopped || (_due.TryGetValue(item, out var known) && known <= at))
            {
                return;
            }

            _due[item] = at;
            _queue.Enqueue(item, at);
            Arm();
        }
    }

    public void Remove(WorkItem item)
    {
        lock (_lock)
        {
            _due.Remove(item);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopped = true;
        }

        return _timer.DisposeAsync();
    }

    private void Fire()
    {
        List<WorkItem> ripe = [];
        lock (_lock)
        {
            if (_stopped)
            {
                return;
            }

            _armedFor = DateTimeOffset.MaxValue;
            var now = _time.GetUtcNow();
            while (_queue.TryPeek(out var item, out var at) && at <= now)
            {
                _queue.Dequeue();
                if (_due.TryGetValue(item, out var known) && known == at)
                {
                    _due.Remove(item);
                    ripe.Add(item);
                }
            }

            Arm();
        }

        ripe.ForEach(_enqueue);
    }

    private void Arm()
    {
        if (!_queue.TryPeek(out _, out var at) || at >= _armedFor)
        {
            return;
        }

        _armedFor = at;
        Set(at - _time.GetUtcNow());

        // A clock that tests drive may have gone past it meanwhile.
        if (at <= _time.GetUtcNow())
        {
            Set(TimeSpan.Zero);
        }
    }

    // Rounded up: a timer that fires a little early would only have to be set again.
    private void Set(TimeSpan wait) => _timer.Change(
        TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, uint.MaxValue - 2d)), Timeout.InfiniteTimeSpan);
}
