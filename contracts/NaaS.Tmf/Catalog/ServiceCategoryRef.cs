using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>The (service) category resource is used to group service candidates in logical containers. TMF633 4.0.</summary>
public sealed class ServiceCategoryRef : EntityRef
{
    /// <summary>Category version.</summary>
    public string? Version { get; set; }
}
