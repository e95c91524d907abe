namespace NaaS.TmfRest.Storage;

/// <summary>An event on its way to one listener.</summary>
public sealed class DeliveryRow
{
    /// <summary>Order of writing.</summary>
    public long Position { get; init; }

    /// <summary>The listener.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Position of the event.</summary>
    public long EventPosition { get; init; }

    /// <summary>The event.</summary>
    public EventRow? Event { get; init; }

    /// <summary>Copy of <see cref="EventRow.Resource"/>.</summary>
    public required string Resource { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next, or was last once it is settled.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How it stands.</summary>
    public DeliveryState State { get; set; }

    /// <summary>What went wrong the last time.</summary>
    public string? LastError { get; set; }
}

/// <summary>How a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Not accepted by the listener yet.</summary>
    Waiting,

    /// <summary>Accepted by the listener.</summary>
    Delivered,

    /// <summary>Not accepted for a day.</summary>
    GivenUp,
}
