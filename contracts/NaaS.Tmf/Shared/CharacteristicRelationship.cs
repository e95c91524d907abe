namespace NaaS.Tmf.Shared;

/// <summary>Another Characteristic that is related to the current Characteristic;. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class CharacteristicRelationship : Extensible
{
    /// <summary>Unique identifier of the characteristic.</summary>
    public string? Id { get; set; }

    /// <summary>Hyperlink reference.</summary>
    public string? Href { get; set; }

    /// <summary>The type of relationship.</summary>
    public string? RelationshipType { get; set; }
}
