using System.Text.Json.Serialization;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Linked service order to the one containing this attribute. TMF641 4.1.</summary>
public sealed class ServiceOrderRelationship : Extensible
{
    /// <summary>The id of the related order.</summary>
    public string? Id { get; set; }

    /// <summary>A hyperlink to the related order.</summary>
    public string? Href { get; set; }

    /// <summary>The type of related order, such as: [dependency] if the order needs to be [not started] until another order item is complete (a service order in this case) or [cross-ref] to keep track of the source order (a productOrder).</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The entity type of the related order.</summary>
    [JsonPropertyName("@referredType")]
    public string? ReferredType { get; set; }
}
