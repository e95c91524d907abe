using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Qualification;

/// <summary>Provides service availability information. TMF645 4.0.</summary>
public sealed class ServiceEligibilityUnavailabilityReason : Extensible
{
    /// <summary>Code of the reason.</summary>
    public string? Code { get; set; }

    /// <summary>The reason in plain words.</summary>
    public string? Label { get; set; }
}
