using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>External reference of the individual or reference in other system. TMF641 4.1.</summary>
public sealed class ExternalReference : Extensible
{
    /// <summary>Unique identifier.</summary>
    public string? Id { get; set; }

    /// <summary>Hyperlink reference.</summary>
    public string? Href { get; set; }

    /// <summary>Type of the external reference.</summary>
    public string? ExternalReferenceType { get; set; }

    /// <summary>External reference name.</summary>
    public string? Name { get; set; }
}
