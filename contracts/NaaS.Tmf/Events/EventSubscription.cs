namespace NaaS.Tmf.Events;

/// <summary>A listener registered at a hub. TMF633, TMF638 and TMF641.</summary>
public sealed class EventSubscription
{
    /// <summary>Id of the listener.</summary>
    public string? Id { get; set; }

    /// <summary>The callback being registered.</summary>
    public string? Callback { get; set; }

    /// <summary>Which events are wanted, such as <c>eventType=ServiceOrderStateChangeEvent</c>; all where absent.</summary>
    public string? Query { get; set; }
}
