using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>An aggregation, migration, substitution, dependency or exclusivity relationship between/among Characteristic specifications. TMF633 4.0.</summary>
public sealed class CharacteristicSpecificationRelationship : Extensible
{
    /// <summary>Unique identifier of the characteristic within the specification.</summary>
    public string? CharacteristicSpecificationId { get; set; }

    /// <summary>Name of the target characteristic within the specification.</summary>
    public string? Name { get; set; }

    /// <summary>Hyperlink reference to the parent specification containing the target characteristic.</summary>
    public string? ParentSpecificationHref { get; set; }

    /// <summary>Unique identifier of the parent specification containing the target characteristic.</summary>
    public string? ParentSpecificationId { get; set; }

    /// <summary>Type of relationship such as aggregation, migration, substitution, dependency, exclusivity.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The period for which the object is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
