using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>Reference to an AssociationSpecification object. TMF633 4.0.</summary>
public sealed class AssociationSpecificationRef : EntityRef;
