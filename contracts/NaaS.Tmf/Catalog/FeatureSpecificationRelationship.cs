using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Relationship between feature specifications. TMF633 4.0.</summary>
public sealed class FeatureSpecificationRelationship : Extensible
{
    /// <summary>Unique identifier of the target feature specification.</summary>
    public string? FeatureId { get; set; }

    /// <summary>This is the name of the target feature specification.</summary>
    public string? Name { get; set; }

    /// <summary>Hyperlink reference to the parent specification containing the target feature.</summary>
    public string? ParentSpecificationHref { get; set; }

    /// <summary>Unique identifier of the parent specification containing the target feature.</summary>
    public string? ParentSpecificationId { get; set; }

    /// <summary>This is the type of the feature specification relationship.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The period for which this feature spoecification relationship is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
