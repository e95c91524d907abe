namespace NaaS.Messaging.Bus;

/// <summary>Section <c>Messaging</c> of the configuration.</summary>
public sealed class MessagingOptions
{
    /// <summary>How often the outbox is looked at when no commit of this process wakes the relay.</summary>
    public TimeSpan RelayInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long messages that were published on the in-memory transport are kept and sent again at start.</summary>
    public TimeSpan InMemoryRetention { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an inbox remembers a message: longer than any broker may repeat it.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Messages of one endpoint that are handled at the same time.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>Times that a failing message is tried again, with growing pauses of at most half a minute, before it becomes a dead letter.</summary>
    public int Retries { get; set; } = 15;
}
