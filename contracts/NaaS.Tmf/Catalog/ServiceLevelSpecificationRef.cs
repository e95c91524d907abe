using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>A Service Level Specification represents a pre-defined or negotiated set of Service Level Objectives. TMF633 4.0.</summary>
public sealed class ServiceLevelSpecificationRef : EntityRef;
