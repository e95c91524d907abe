using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>The (service) category resource is used to group service candidates in logical containers. TMF633 4.0.</summary>
public sealed class ServiceCategory : TmfResource
{
    /// <summary>Description of the category.</summary>
    public string? Description { get; set; }

    /// <summary>If true, this Boolean indicates that the category is a root of categories.</summary>
    public bool? IsRoot { get; set; }

    /// <summary>Date and time of the last update.</summary>
    public DateTimeOffset? LastUpdate { get; set; }

    /// <summary>Used to indicate the current lifecycle status.</summary>
    public string? LifecycleStatus { get; set; }

    /// <summary>Name of the category.</summary>
    public string? Name { get; set; }

    /// <summary>Unique identifier of the parent category.</summary>
    public string? ParentId { get; set; }

    /// <summary>ServiceCategory version.</summary>
    public string? Version { get; set; }

    /// <summary>List of child categories in the tree for in this category.</summary>
    public List<ServiceCategoryRef>? Category { get; set; }

    /// <summary>List of service candidates associated with this category.</summary>
    public List<ServiceCandidateRef>? ServiceCandidate { get; set; }

    /// <summary>The period for which the category is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
