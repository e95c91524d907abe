namespace NaaS.Tmf.Shared;

/// <summary>Configuration feature. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class Feature : Extensible
{
    /// <summary>Unique identifier of the feature.</summary>
    public string? Id { get; set; }

    /// <summary>True if this is a feature group. Default is false.</summary>
    public bool? IsBundle { get; set; }

    /// <summary>True if this feature is enabled. Default is true.</summary>
    public bool? IsEnabled { get; set; }

    /// <summary>This is the name for the feature.</summary>
    public string? Name { get; set; }

    /// <summary>This is a list of feature constraints.</summary>
    public List<ConstraintRef>? Constraint { get; set; }

    /// <summary>This is a list of Characteristics for a particular feature.</summary>
    public List<Characteristic>? FeatureCharacteristic { get; set; }

    /// <summary>The feature relationship.</summary>
    public List<FeatureRelationship>? FeatureRelationship { get; set; }
}
