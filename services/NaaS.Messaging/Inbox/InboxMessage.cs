namespace NaaS.Messaging.Inbox;

/// <summary>A message that a consumer has handled, recorded in the transaction of its effect.</summary>
public sealed class InboxMessage
{
    /// <summary>Id on the wire.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Name of the consumer.</summary>
    public required string Consumer { get; init; }

    /// <summary>When it was handled, in UTC.</summary>
    public required DateTimeOffset HandledAt { get; init; }
}
