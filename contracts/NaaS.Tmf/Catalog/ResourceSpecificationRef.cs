using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Resources are physical or non-physical components (or some combination of these) within an enterprise's infrastructure or inventory. TMF633 4.0.</summary>
public sealed class ResourceSpecificationRef : EntityRef
{
    /// <summary>Resource Specification version.</summary>
    public string? Version { get; set; }
}
