using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Specification for resource, service or product features. TMF633 4.0.</summary>
public sealed class FeatureSpecification : Extensible
{
    /// <summary>Identifier of the feature specification. Must be locally unique within the containing specification, thus allowing direct access to the feature spec.</summary>
    public string? Id { get; set; }

    /// <summary>A flag indicating if this is a feature group (true) or not (false).</summary>
    public bool? IsBundle { get; set; }

    /// <summary>A flag indicating if the feature is enabled (true) or not (false).</summary>
    public bool? IsEnabled { get; set; }

    /// <summary>Unique name given to the feature specification.</summary>
    public string? Name { get; set; }

    /// <summary>Version of the feature specification.</summary>
    public string? Version { get; set; }

    /// <summary>This is a list of feature constraints.</summary>
    public List<ConstraintRef>? Constraint { get; set; }

    /// <summary>This is a list of characteristics for a particular feature.</summary>
    public List<FeatureSpecificationCharacteristic>? FeatureSpecCharacteristic { get; set; }

    /// <summary>A dependency, exclusivity or aggratation relationship between/among feature specifications.</summary>
    public List<FeatureSpecificationRelationship>? FeatureSpecRelationship { get; set; }

    /// <summary>The period for which this feature specification is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
