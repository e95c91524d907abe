using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>A dependency, substitution or exclusivity relationship between/among service specifications. TMF633 4.0.</summary>
public sealed class ServiceSpecRelationship : EntityRef
{
    /// <summary>Type of relationship such as dependency, substitution or exclusivity.</summary>
    public string? RelationshipType { get; set; }

    /// <summary>The association role for this service specification.</summary>
    public string? Role { get; set; }

    /// <summary>The period for which the serviceSpecRelationship is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
