using System.Threading.Channels;

namespace NaaS.Sandbox.Store;

/// <summary>
/// A running watch. Events come in the order of their resourceVersions. The reader ends with an <see cref="ApiStatusException"/> (410)
/// when it fell too far behind or the server restarted, and must then list again.
/// </summary>
internal sealed class ObjectWatch : IDisposable
{
    private readonly Channel<WatchEvent> _events;
    private readonly Action<ObjectWatch> _leave;

    public ObjectWatch(string? @namespace, int capacity, Action<ObjectWatch> leave)
    {
        Namespace = @namespace;
        _leave = leave;
        _events = capacity == int.MaxValue
            ? Channel.CreateUnbounded<WatchEvent>(new UnboundedChannelOptions { SingleReader = true })
            : Channel.CreateBounded<WatchEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Namespace watched, or null for all.</summary>
    public string? Namespace { get; }

    /// <summary>The events.</summary>
    public ChannelReader<WatchEvent> Events => _events.Reader;

    /// <summary>The events until <paramref name="cancellationToken"/>.</summary>
    public IAsyncEnumerable<WatchEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Waits for an event: true when there is one, false when the watch ended, null when nothing came within the time.</summary>
    public async Task<bool?> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            return await _events.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Stops the watch.</summary>
    public void Dispose()
    {
        _leave(this);
        _events.Writer.TryComplete();
    }

    internal void Send(WatchEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
        {
            End(ApiErrors.TooOld(happened.ResourceVersion, happened.ResourceVersion));
        }
    }

    internal void End(Exception why) => _events.Writer.TryComplete(why);
}
