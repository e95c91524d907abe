namespace NaaS.TmfRest.Storage;

/// <summary>An event, written with the change that it tells of.</summary>
public sealed class EventRow
{
    /// <summary>Order of writing.</summary>
    public long Position { get; init; }

    /// <summary>Id of the event.</summary>
    public required string EventId { get; init; }

    /// <summary>Number of the API, such as <c>TMF641</c>.</summary>
    public required string Api { get; init; }

    /// <summary>Such as <c>ServiceOrderStateChangeEvent</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>Name and id of the resource; events of one resource are delivered in order.</summary>
    public required string Resource { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The envelope as JSON.</summary>
    public required string Body { get; init; }
}
