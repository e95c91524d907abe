using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>A ServiceOrderJeopardyAlert represents a predicted exception during a service order processing that would brings risk to complete successfully the ordetr. TMF641 4.1.</summary>
public sealed class ServiceOrderJeopardyAlert : Extensible
{
    /// <summary>Identifier of the JeopardyAlert.</summary>
    public string? Id { get; set; }

    /// <summary>A date time( DateTime). The date that the alert issued.</summary>
    public DateTimeOffset? AlertDate { get; set; }

    /// <summary>The exception associated with this jeopardy alert.</summary>
    public string? Exception { get; set; }

    /// <summary>A string represents the type of jeopardy/risk like Normal, Hazard, Critical, ...</summary>
    public string? JeopardyType { get; set; }

    /// <summary>A string represents the message of the alert.</summary>
    public string? Message { get; set; }

    /// <summary>A string used to give a name to the jeopardy alert.</summary>
    public string? Name { get; set; }

    /// <summary>A list of order item references corresponded to this alert.</summary>
    public List<ServiceOrderItemRef>? ServiceOrderItem { get; set; }
}
