using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>ServiceCandidate reference. ServiceCandidate is an entity that makes a ServiceSpecification available to a catalog. TMF633 4.0.</summary>
public sealed class ServiceCandidateRef : EntityRef
{
    /// <summary>Version of the service candidate.</summary>
    public string? Version { get; set; }
}
