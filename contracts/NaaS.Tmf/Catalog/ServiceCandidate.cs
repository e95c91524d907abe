using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>ServiceCandidate is an entity that makes a service specification available to a catalog. TMF633 4.0.</summary>
public sealed class ServiceCandidate : TmfResource
{
    /// <summary>Description of this REST resource.</summary>
    public string? Description { get; set; }

    /// <summary>Date and time of the last update of this REST resource.</summary>
    public DateTimeOffset? LastUpdate { get; set; }

    /// <summary>Used to indicate the current lifecycle status of the service candidate.</summary>
    public string? LifecycleStatus { get; set; }

    /// <summary>Name given to this REST resource.</summary>
    public string? Name { get; set; }

    /// <summary>The version of service candidate.</summary>
    public string? Version { get; set; }

    /// <summary>List of categories for this candidate.</summary>
    public List<ServiceCategoryRef>? Category { get; set; }

    /// <summary>The service specification implied by this candidate.</summary>
    public ServiceSpecificationRef? ServiceSpecification { get; set; }

    /// <summary>The period for which this REST resource is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
