using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>An aggregation, migration, substitution, dependency or exclusivity relationship between/among FeatureSpecificationCharacteristics. TMF633 4.0.</summary>
public sealed class FeatureSpecificationCharacteristicRelationship : Extensible
{
    /// <summary>Unique identifier of the characteristic within the the target feature specification.</summary>
    public string? CharacteristicId { get; set; }

    /// <summary>Unique identifier of the target feature specification within the resource specification.</summary>
    public string? FeatureId { get; set; }

    /// <summary>Name of the target characteristic.</summary>
    public string? Name { get; set; }

    /// <summary>Type of relationship such as aggregation, migration, substitution, dependency, exclusivity.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>Hyperlink reference to the resource specification containing the target feature and feature characteristic.</summary>
    public string? ResourceSpecificationHref { get; set; }

    /// <summary>Unique identifier of the resource specification containing the target feature and feature characteristic.</summary>
    public string? ResourceSpecificationId { get; set; }

    /// <summary>The period for which the object is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
