namespace NaaS.Tmf.Shared;

/// <summary>Constraint reference. The Constraint resource represents a policy/rule applied to an entity or entity spec. TMF633 4.0 and TMF638 4.0 and TMF641 4.1.</summary>
public sealed class ConstraintRef : EntityRef
{
    /// <summary>Constraint version.</summary>
    public string? Version { get; set; }
}
