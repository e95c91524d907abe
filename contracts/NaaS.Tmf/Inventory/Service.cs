using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Inventory;

/// <summary>Service is a base class for defining the Service hierarchy. All Services are characterized as either being possibly visible and usable by a Customer or not. TMF638 4.0.</summary>
public class Service : TmfResource
{
    /// <summary>Is it a customer facing or resource facing service.</summary>
    public string? Category { get; set; }

    /// <summary>Free-text description of the service.</summary>
    public string? Description { get; set; }

    /// <summary>Date when the service ends.</summary>
    public DateTimeOffset? EndDate { get; set; }

    /// <summary>If TRUE, this Service has already been started.</summary>
    public bool? HasStarted { get; set; }

    /// <summary>If true, the service is a ServiceBundle which regroup a service hierachy.</summary>
    public bool? IsBundle { get; set; }

    /// <summary>If FALSE and hasStarted is FALSE, this particular Service has NOT been enabled for use - if FALSE and hasStarted is TRUE then the service has failed.</summary>
    public bool? IsServiceEnabled { get; set; }

    /// <summary>If TRUE, this Service can be changed without affecting any other services.</summary>
    public bool? IsStateful { get; set; }

    /// <summary>Name of the service.</summary>
    public string? Name { get; set; }

    /// <summary>Date when the service was created (whatever its status).</summary>
    public string? ServiceDate { get; set; }

    /// <summary>Business type of the service.</summary>
    public string? ServiceType { get; set; }

    /// <summary>Date when the service starts.</summary>
    public DateTimeOffset? StartDate { get; set; }

    /// <summary>This attribute is an enumerated integer that indicates how the Service is started, such as: 0: Unknown; 1: Automatically by the managed environment; 2: Automatically by the owning device; 3: Manually by the Provider of the Service; 4: Manually by a Customer of the Provider; 5: Any of the above.</summary>
    public string? StartMode { get; set; }

    /// <summary>A list of feature associated with this service.</summary>
    public List<Feature>? Feature { get; set; }

    /// <summary>A list of notes made on this service.</summary>
    public List<Note>? Note { get; set; }

    /// <summary>A list of places (Place [*]). Used to define a place useful for the service (for example a geographical place whre the service is installed).</summary>
    public List<RelatedPlaceRefOrValue>? Place { get; set; }

    /// <summary>A list of related entity in relationship with this service.</summary>
    public List<RelatedEntityRefOrValue>? RelatedEntity { get; set; }

    /// <summary>A list of related party references (RelatedParty [*]). A related party defines party or party role linked to a specific entity.</summary>
    public List<RelatedParty>? RelatedParty { get; set; }

    /// <summary>A list of characteristics that characterize this service (ServiceCharacteristic [*]).</summary>
    public List<Characteristic>? ServiceCharacteristic { get; set; }

    /// <summary>A list of service order items related to this service.</summary>
    public List<RelatedServiceOrderItem>? ServiceOrderItem { get; set; }

    /// <summary>A list of service relationships (ServiceRelationship [*]). Describes links with other service(s) in the inventory.</summary>
    public List<ServiceRelationship>? ServiceRelationship { get; set; }

    /// <summary>The specification from which this service was instantiated.</summary>
    public ServiceSpecificationRef? ServiceSpecification { get; set; }

    /// <summary>The life cycle state of the service, such as designed, reserved, active, etc...</summary>
    public ServiceStateType? State { get; set; }

    /// <summary>A list of supporting resources (SupportingResource [*]).Note: only Service of type RFS can be associated with Resources.</summary>
    public List<ResourceRef>? SupportingResource { get; set; }

    /// <summary>A list of supporting services (SupportingService [*]). A collection of services that support this service (bundling, link CFS to RFS).</summary>
    public List<ServiceRefOrValue>? SupportingService { get; set; }
}
