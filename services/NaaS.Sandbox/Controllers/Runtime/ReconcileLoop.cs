using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Runtime;

/// <summary>
/// The one work queue of all controllers of all API servers. An item waits once however often it is asked for, and never runs twice
/// at the same time; one timer serves everything that is due later. Nothing runs while nothing happens.
/// </summary>
internal sealed partial class ReconcileLoop : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Channel<WorkItem> _ready = Channel.CreateUnbounded<WorkItem>();
    private readonly HashSet<WorkItem> _waiting = [];
    private readonly HashSet<WorkItem> _running = [];
    private readonly Dictionary<WorkItem, int> _failures = [];
    private readonly DueTimes _due;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task[] _workers;
    private volatile bool _stopping;

    public ReconcileLoop(TimeProvider time, ILogger logger, int workers)
    {
        _time = time;
        _logger = logger;
        _due = new DueTimes(time, Enqueue);
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(RunAsync))];
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public void Enqueue(Controller controller, string ns, string name) => Enqueue(new WorkItem(controller, ns, name));

    /// <summary>Looks at the item at that time, or earlier if it is already due earlier.</summary>
    public void EnqueueAt(Controller controller, string ns, string name, DateTimeOffset at) =>
        _due.Add(new WorkItem(controller, ns, name), at);

    /// <summary>Forgets when the item was due.</summary>
    public void Cancel(Controller controller, string ns, string name) => _due.Remove(new WorkItem(controller, ns, name));

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _ready.Writer.TryComplete();
        await _due.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
    }

    private void Enqueue(WorkItem item)
    {
        lock (_lock)
        {
            if (!_waiting.Add(item) || _running.Contains(item))
            {
                return;
            }
        }

        _ready.Writer.TryWrite(item);
    }

    private async Task RunAsync()
    {
        await foreach (var item in _ready.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stopping)
            {
                return;
            }

            lock (_lock)
            {
                _waiting.Remove(item);
                _running.Add(item);
            }

            Run(item);
            bool again;
            lock (_lock)
            {
                _running.Remove(item);
                again = _waiting.Contains(item);
            }

            if (again)
            {
                _ready.Writer.TryWrite(item);
            }
        }
    }

    private void Run(WorkItem item)
    {
        try
        {
            item.Controller.Reconcile(item.Namespace, item.Name);
            lock (_lock)
            {
                _failures.Remove(item);
            }
        }
        catch (ApiStatusException conflict) when (conflict.Reason == "Conflict")
        {
            Enqueue(item);
        }
        catch (ApiStatusException refused)
        {
            var wait = NextWait(item);
            LogRefused(_logger, item.Controller.GetType().Name, item.Namespace, item.Name, refused.Message);
            EnqueueAt(item.Controller, item.Namespace, item.Name, Now + wait);
        }
        catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
        {
            // A controller that fails on one object must not take the others' worker with it, as in controller-runtime.
            LogFailed(_logger, unexpected, item.Controller.GetType().Name, item.Namespace, item.Name);
            EnqueueAt(item.Controller, item.Namespace, item.Name, Now + NextWait(item));
        }
    }

    private TimeSpan NextWait(WorkItem item)
    {
        lock (_lock)
        {
            var failures = _failures[item] = _failures.GetValueOrDefault(item) + 1;
            var wait = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 20));
            return wait < LongestRetry ? wait : LongestRetry;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Controller} {Namespace}/{Name} is tried again: {Reason}")]
    private static partial void LogRefused(ILogger logger, string controller, string @namespace, string name, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Controller} failed on {Namespace}/{Name}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string controller, string @namespace, string name);
}
