using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>A migration, substitution, dependency or exclusivity relationship between/among entity specifications. TMF633 4.0.</summary>
public sealed class EntitySpecificationRelationship : EntityRef
{
    /// <summary>Type of relationship such as migration, substitution, dependency, exclusivity.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The association role for this entity specification.</summary>
    public string? Role { get; set; }

    /// <summary>A specification for an association used by this relationship.</summary>
    public AssociationSpecificationRef? AssociationSpec { get; set; }

    /// <summary>The period for which the entitySpecRelationship is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
