namespace NaaS.Tmf.Shared;

/// <summary>Service specification reference: ServiceSpecification(s) required to realize a ProductSpecification. TMF633 4.0 and TMF638 4.0 and TMF641 4.1.</summary>
public sealed class ServiceSpecificationRef : EntityRef
{
    /// <summary>Service specification version.</summary>
    public string? Version { get; set; }
}
