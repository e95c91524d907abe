namespace NaaS.Tmf.Shared;

/// <summary>A ServiceRelationship. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class ServiceRelationship : Extensible
{
    /// <summary>Unique identifier.</summary>
    public string? Id { get; set; }

    /// <summary>Hyperlink reference.</summary>
    public string? Href { get; set; }

    /// <summary>The relationship type.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The service.</summary>
    public ServiceRefOrValue? Service { get; set; }

    /// <summary>The service relationship characteristic.</summary>
    public List<Characteristic>? ServiceRelationshipCharacteristic { get; set; }
}
