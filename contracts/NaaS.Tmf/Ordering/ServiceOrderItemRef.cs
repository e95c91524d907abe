using System.Text.Json.Serialization;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>A ServiceOrderItemRef. TMF641 4.1.</summary>
public sealed class ServiceOrderItemRef : Extensible
{
    /// <summary>Same as <see cref="ItemId"/>: the official schema demands it without listing it.</summary>
    [JsonPropertyOrder(-2)]
    public string? Id { get; set; }

    /// <summary>Identifier of the line item.</summary>
    public string? ItemId { get; set; }

    /// <summary>Link to the order to which this item belongs to.</summary>
    public string? ServiceOrderHref { get; set; }

    /// <summary>Identifier of the order that this item belongs to.</summary>
    public string? ServiceOrderId { get; set; }

    /// <summary>The actual type of the target instance when needed for disambiguation.</summary>
    [JsonPropertyName("@referredType")]
    public string? ReferredType { get; set; }
}
