using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Represents an Error. TMF641 4.1.</summary>
public sealed class ErrorMessage : Extensible
{
    /// <summary>Error code.</summary>
    public string? Code { get; set; }

    /// <summary>More details and corrective actions related to the error.</summary>
    public string? Message { get; set; }

    /// <summary>Explanation of the reason for the error.</summary>
    public string? Reason { get; set; }

    /// <summary>URI of documentation describing the error.</summary>
    public string? ReferenceError { get; set; }

    /// <summary>Error code extension like sys-ABC-2001.</summary>
    public string? Status { get; set; }
}
