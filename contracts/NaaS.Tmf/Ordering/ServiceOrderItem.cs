using System.Text.Json.Serialization;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>A ServiceOrderItem. TMF641 4.1.</summary>
public sealed class ServiceOrderItem : Extensible
{
    /// <summary>Identifier of the individual line item.</summary>
    public string? Id { get; set; }

    /// <summary>Quantity ordered.</summary>
    public int? Quantity { get; set; }

    /// <summary>The action to be carried out on the Service. Can be: add, modify, delete, noChange.</summary>
    public OrderItemActionType? Action { get; set; }

    /// <summary>An appointment that was set up with a related party for this order item.</summary>
    public AppointmentRef? Appointment { get; set; }

    /// <summary>The error(s) cause an order item status change.</summary>
    public List<ServiceOrderItemErrorMessage>? ErrorMessage { get; set; }

    /// <summary>The Service to be acted on by the order item.</summary>
    public ServiceRefOrValue? Service { get; set; }

    /// <summary>A list of order items embedded to this order item.</summary>
    [JsonPropertyName("serviceOrderItem")]
    public List<ServiceOrderItem>? Items { get; set; }

    /// <summary>A list of order items related to this order item.</summary>
    public List<ServiceOrderItemRelationship>? ServiceOrderItemRelationship { get; set; }

    /// <summary>State of the order item: described in the state machine diagram.</summary>
    public ServiceOrderItemStateType? State { get; set; }
}
