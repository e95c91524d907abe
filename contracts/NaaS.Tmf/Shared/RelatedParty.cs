namespace NaaS.Tmf.Shared;

/// <summary>Related Entity reference. A related party defines party or party role linked to a specific entity. TMF633 4.0 and TMF638 4.0 and TMF641 4.1.</summary>
public sealed class RelatedParty : EntityRef
{
    /// <summary>Role played by the related party.</summary>
    public string? Role { get; set; }
}
