using System.Text.Json.Nodes;

namespace NaaS.Tmf.Events;

/// <summary>Envelope of a notification, as TMF v4 spells it. Each event type of the official files has this form.</summary>
public sealed class TmfEvent
{
    /// <summary>The identifier of the notification.</summary>
    public required string EventId { get; init; }

    /// <summary>Time of the event occurrence.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The type of the notification, such as <c>ServiceOrderStateChangeEvent</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The correlation id for this event: the same for all that one change caused.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The domain of the event.</summary>
    public string? Domain { get; init; }

    /// <summary>The title of the event.</summary>
    public string? Title { get; init; }

    /// <summary>An explanation of the event.</summary>
    public string? Description { get; init; }

    /// <summary>A priority.</summary>
    public string? Priority { get; init; }

    /// <summary>The time the event occurred (spelled so by TM Forum).</summary>
    public DateTimeOffset? TimeOcurred { get; init; }

    /// <summary>What changed, in AttributeValueChange and InformationRequired events.</summary>
    public string? FieldPath { get; init; }

    /// <summary>The resource under its name, such as <c>serviceOrder</c>.</summary>
    public required JsonObject Event { get; init; }
}
