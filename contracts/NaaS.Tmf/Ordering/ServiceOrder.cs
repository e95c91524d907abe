using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>A ServiceOrder. TMF641 4.1.</summary>
public sealed class ServiceOrder : TmfResource
{
    /// <summary>Date when the order is cancelled. This is used when order is cancelled.</summary>
    public DateTimeOffset? CancellationDate { get; set; }

    /// <summary>Reason why the order is cancelled. This is used when order is cancelled.</summary>
    public string? CancellationReason { get; set; }

    /// <summary>Used to categorize the order, useful for the OM system, such as: Broadband, TVOption.</summary>
    public string? Category { get; set; }

    /// <summary>Effective delivery date amended by the provider.</summary>
    public DateTimeOffset? CompletionDate { get; set; }

    /// <summary>A free-text description of the service order.</summary>
    public string? Description { get; set; }

    /// <summary>Expected delivery date amended by the provider.</summary>
    public DateTimeOffset? ExpectedCompletionDate { get; set; }

    /// <summary>ID given by the consumer to facilitate searches.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Contact attached to the order to send back information regarding this order.</summary>
    public string? NotificationContact { get; set; }

    /// <summary>The order date.</summary>
    public DateTimeOffset? OrderDate { get; set; }

    /// <summary>Can be used by consumers to prioritize orders in a Service Order Management system.</summary>
    public string? Priority { get; set; }

    /// <summary>Requested delivery date from the requestors perspective.</summary>
    public DateTimeOffset? RequestedCompletionDate { get; set; }

    /// <summary>Order start date wished by the requestor.</summary>
    public DateTimeOffset? RequestedStartDate { get; set; }

    /// <summary>Date when the order was started for processing.</summary>
    public DateTimeOffset? StartDate { get; set; }

    /// <summary>The error(s) cause an order status change.</summary>
    public List<ServiceOrderErrorMessage>? ErrorMessage { get; set; }

    /// <summary>The external reference.</summary>
    public List<ExternalReference>? ExternalReference { get; set; }

    /// <summary>A list of jeopardy alerts related to this order.</summary>
    public List<ServiceOrderJeopardyAlert>? JeopardyAlert { get; set; }

    /// <summary>A list of milestones related to this order.</summary>
    public List<ServiceOrderMilestone>? Milestone { get; set; }

    /// <summary>Extra-information about the order; e.g. useful to add extra delivery information that could be useful for a human process.</summary>
    public List<Note>? Note { get; set; }

    /// <summary>A list of service orders related to this order (e.g. prerequisite, dependent on).</summary>
    public List<ServiceOrderRelationship>? OrderRelationship { get; set; }

    /// <summary>A list of parties which are involved in this order and the role they are playing.</summary>
    public List<RelatedParty>? RelatedParty { get; set; }

    /// <summary>A list of service order items to be processed by this order.</summary>
    public List<ServiceOrderItem>? ServiceOrderItem { get; set; }

    /// <summary>State of the order: described in the state-machine diagram.</summary>
    public ServiceOrderStateType? State { get; set; }
}
