using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>The root entity for service catalog management. TMF633 4.0.</summary>
public sealed class ServiceCatalog : TmfResource
{
    /// <summary>Description of this catalog.</summary>
    public string? Description { get; set; }

    /// <summary>Date and time of the last update.</summary>
    public DateTimeOffset? LastUpdate { get; set; }

    /// <summary>Used to indicate the current lifecycle status.</summary>
    public string? LifecycleStatus { get; set; }

    /// <summary>Name of the service catalog.</summary>
    public string? Name { get; set; }

    /// <summary>ServiceCatalog version.</summary>
    public string? Version { get; set; }

    /// <summary>List of service categories associated with this catalog.</summary>
    public List<ServiceCategoryRef>? Category { get; set; }

    /// <summary>List of parties or party roles related to this category.</summary>
    public List<RelatedParty>? RelatedParty { get; set; }

    /// <summary>The period for which the service catalog is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
