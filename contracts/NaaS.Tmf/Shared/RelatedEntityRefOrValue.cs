namespace NaaS.Tmf.Shared;

/// <summary>A reference to an entity, where the type of the entity is not known in advance. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class RelatedEntityRefOrValue : EntityRef
{
    /// <summary>The role.</summary>
    public string? Role { get; set; }
}
