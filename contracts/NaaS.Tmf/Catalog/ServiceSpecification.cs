using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>ServiceSpecification is a class that offers characteristics to describe a type of service. TMF633 4.0.</summary>
public sealed class ServiceSpecification : TmfResource
{
    /// <summary>Description of the specification.</summary>
    public string? Description { get; set; }

    /// <summary>IsBundle determines whether specification represents a single specification (false), or a bundle of specifications (true).</summary>
    public bool? IsBundle { get; set; }

    /// <summary>Date and time of the last update of the specification.</summary>
    public DateTimeOffset? LastUpdate { get; set; }

    /// <summary>Used to indicate the current lifecycle status of this catalog item.</summary>
    public string? LifecycleStatus { get; set; }

    /// <summary>Name given to the specification.</summary>
    public string? Name { get; set; }

    /// <summary>Specification version.</summary>
    public string? Version { get; set; }

    /// <summary>Attachments that may be of relevance to this specification, such as picture, document, media.</summary>
    public List<AttachmentRefOrValue>? Attachment { get; set; }

    /// <summary>This is a list of constraint references applied to this specification.</summary>
    public List<ConstraintRef>? Constraint { get; set; }

    /// <summary>Relationship to another specification.</summary>
    public List<EntitySpecificationRelationship>? EntitySpecRelationship { get; set; }

    /// <summary>A list of Features for this specification.</summary>
    public List<FeatureSpecification>? FeatureSpecification { get; set; }

    /// <summary>Parties who manage or otherwise have an interest in this specification.</summary>
    public List<RelatedParty>? RelatedParty { get; set; }

    /// <summary>A list of resource specification references (ResourceSpecificationRef [*]).</summary>
    public List<ResourceSpecificationRef>? ResourceSpecification { get; set; }

    /// <summary>A list of service level specifications related to this service specification, and which will need to be satisifiable for corresponding service instances; e.g.</summary>
    public List<ServiceLevelSpecificationRef>? ServiceLevelSpecification { get; set; }

    /// <summary>A list of service specifications related to this specification, e.g.</summary>
    public List<ServiceSpecRelationship>? ServiceSpecRelationship { get; set; }

    /// <summary>List of characteristics that the entity can take.</summary>
    public List<CharacteristicSpecification>? SpecCharacteristic { get; set; }

    /// <summary>Pointer to a schema that defines the target entity.</summary>
    public TargetEntitySchema? TargetEntitySchema { get; set; }

    /// <summary>The period for which this REST resource is valid.</summary>
    public TimePeriod? ValidFor { get; set; }
}
