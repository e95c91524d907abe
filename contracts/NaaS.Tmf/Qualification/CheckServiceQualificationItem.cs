using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Qualification;

/// <summary>A ServiceQualificationItem relates to a specific service being checked in a qualification operation. TMF645 4.0.</summary>
public sealed class CheckServiceQualificationItem : Extensible
{
    /// <summary>Id of the Service Qualification Item.</summary>
    public string? Id { get; set; }

    /// <summary>The date when the service is expected to be activated.</summary>
    public DateTimeOffset? ExpectedActivationDate { get; set; }

    /// <summary>Date when the requester looks for service availability.</summary>
    public DateTimeOffset? ExpectedServiceAvailabilityDate { get; set; }

    /// <summary>Date when the qualification item response expires.</summary>
    public DateTimeOffset? ExpirationDate { get; set; }

    /// <summary>Qualification result for serviceQualification item: qualified or unqualified.</summary>
    public string? QualificationResult { get; set; }

    /// <summary>State of the serviceQualification item (acknowledged, inProgress, terminatedWithError, done).</summary>
    public string? State { get; set; }

    /// <summary>Why the service is not available.</summary>
    public List<ServiceEligibilityUnavailabilityReason>? EligibilityUnavailabilityReason { get; set; }

    /// <summary>
    /// Configure the service characteristics and/or identify the service that needs to be modified or, with state terminated, deleted.
    /// </summary>
    public ServiceRefOrValue? Service { get; set; }

    /// <summary>What an order with this item would do; our extension.</summary>
    public ServicePlanDescription? Plan { get; set; }
}
