namespace NaaS.Tmf.Shared;

/// <summary>Configuration feature. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class FeatureRelationship : Extensible
{
    /// <summary>Unique identifier of the target feature.</summary>
    public string? Id { get; set; }

    /// <summary>This is the name of the target feature.</summary>
    public string? Name { get; set; }

    /// <summary>This is the type of the feature relationship.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The period for which this feature relationship is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
