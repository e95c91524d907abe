using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Service Order reference. Useful to understand the which was the Service order through which the service was instantiated in the service inventory. TMF641 4.1.</summary>
public sealed class ServiceOrderRef : EntityRef;
