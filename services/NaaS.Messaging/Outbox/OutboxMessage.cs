namespace NaaS.Messaging.Outbox;

/// <summary>A message written in the transaction that caused it, to be published afterwards.</summary>
public sealed class OutboxMessage
{
    /// <summary>Order of writing.</summary>
    public long Position { get; init; }

    /// <summary>Id on the wire; consumers recognise a repeated message by it.</summary>
    public Guid MessageId { get; init; } = Guid.CreateVersion7();

    /// <summary>Full name of the message's type in NaaS.Contracts.</summary>
    public required string Type { get; init; }

    /// <summary>The message as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>W3C trace parent of the activity that wrote it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was published; null until then.</summary>
    public DateTimeOffset? SentAt { get; set; }
}
