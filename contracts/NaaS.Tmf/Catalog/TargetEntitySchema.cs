using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Catalog;

/// <summary>The reference object to the schema and type of target entity which is described by a specification. TMF633 4.0.</summary>
public sealed class TargetEntitySchema : Extensible;
