namespace NaaS.Tmf.Shared;

/// <summary>Related Entity reference. A related place defines a place described by reference or by value linked to a specific entity. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class RelatedPlaceRefOrValue : EntityRef
{
    /// <summary>The role.</summary>
    public string? Role { get; set; }
}
