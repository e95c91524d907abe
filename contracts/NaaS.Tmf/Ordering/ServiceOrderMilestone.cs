using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>ServiceOrderMilestone represents an action or event marking a significant change or stage in processing of a service order. TMF641 4.1.</summary>
public sealed class ServiceOrderMilestone : Extensible
{
    /// <summary>Identifier of the Milestone.</summary>
    public string? Id { get; set; }

    /// <summary>Free-text description of the Milestone.</summary>
    public string? Description { get; set; }

    /// <summary>A string represents the message of the milestone.</summary>
    public string? Message { get; set; }

    /// <summary>A date time( DateTime). The date that the milestone happens.</summary>
    public DateTimeOffset? MilestoneDate { get; set; }

    /// <summary>A string used to give a name to the milestone.</summary>
    public string? Name { get; set; }

    /// <summary>The milestone status.</summary>
    public string? Status { get; set; }

    /// <summary>A list of order item references corresponded to this milestone.</summary>
    public List<ServiceOrderItemRef>? ServiceOrderItem { get; set; }
}
