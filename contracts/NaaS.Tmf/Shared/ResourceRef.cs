namespace NaaS.Tmf.Shared;

/// <summary>A ResourceRef. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class ResourceRef : EntityRef;
