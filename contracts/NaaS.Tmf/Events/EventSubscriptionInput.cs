namespace NaaS.Tmf.Events;

/// <summary>Registration of a listener. TMF633, TMF638 and TMF641.</summary>
public sealed class EventSubscriptionInput
{
    /// <summary>The callback being registered.</summary>
    public string? Callback { get; set; }

    /// <summary>Which events are wanted, such as <c>eventType=ServiceOrderStateChangeEvent</c>; all where absent.</summary>
    public string? Query { get; set; }
}
