using System.Text.Json.Serialization;

namespace NaaS.Tmf.Shared;

/// <summary>RelatedServiceOrderItem (a ServiceOrder item) .The service order item which triggered service creation/change/termination. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class RelatedServiceOrderItem : Extensible
{
    /// <summary>Unique identifier.</summary>
    public string? Id { get; set; }

    /// <summary>Hyperlink reference.</summary>
    public string? Href { get; set; }

    /// <summary>Identifier of the order item where the service was managed.</summary>
    public string? ItemId { get; set; }

    /// <summary>Role of the service order item for this service.</summary>
    public string? Role { get; set; }

    /// <summary>Reference of the related entity.</summary>
    public string? ServiceOrderHref { get; set; }

    /// <summary>Unique identifier of a related entity.</summary>
    public string? ServiceOrderId { get; set; }

    /// <summary>Action of the order item for this service.</summary>
    public OrderItemActionType? ItemAction { get; set; }

    /// <summary>The actual type of the target instance when needed for disambiguation.</summary>
    [JsonPropertyName("@referredType")]
    public string? ReferredType { get; set; }
}
