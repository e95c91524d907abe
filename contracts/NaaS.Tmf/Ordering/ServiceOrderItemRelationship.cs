using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Linked service order item to the one containing this attribute. TMF641 4.1.</summary>
public sealed class ServiceOrderItemRelationship : Extensible
{
    /// <summary>The type of related order item, can be: dependency if the order item needs to be not started until another order item is complete.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>A service order item in relationship with this order item.</summary>
    public ServiceOrderItemRef? OrderItem { get; set; }
}
