using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Qualification;

/// <summary>
/// CheckServiceQualification is used to perform a technical eligibility on service configuration(s): here, what an order with these items would do.
/// TMF645 4.0.
/// </summary>
public sealed class CheckServiceQualification : TmfResource
{
    /// <summary>Date when the serviceQualification was submitted.</summary>
    public DateTimeOffset? CheckServiceQualificationDate { get; set; }

    /// <summary>Description of the serviceQualification.</summary>
    public string? Description { get; set; }

    /// <summary>Effective date to serviceQualification completion.</summary>
    public DateTimeOffset? EffectiveQualificationDate { get; set; }

    /// <summary>Date when the requester expect to provide an answer for the qualification request.</summary>
    public DateTimeOffset? EstimatedResponseDate { get; set; }

    /// <summary>A date (DateTime). Deadline date when the requester expected a qualification answer.</summary>
    public DateTimeOffset? ExpectedQualificationDate { get; set; }

    /// <summary>Date when the qualification response expires.</summary>
    public DateTimeOffset? ExpirationDate { get; set; }

    /// <summary>Identifier provided by the requester.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether the requester wants the result in the response. The answer needs hub and charts, so it always comes as a task: read it again until it is done.</summary>
    public bool? InstantSyncQualification { get; set; }

    /// <summary>When the value is TRUE means that alternative solutions should be provided.</summary>
    public bool? ProvideAlternative { get; set; }

    /// <summary>When the value is TRUE means that unavailability reason are expected for non available service. Reasons are always given.</summary>
    public bool? ProvideUnavailabilityReason { get; set; }

    /// <summary>Qualification result for this serviceQualification: qualified (all items are qualified) or unqualified (at least one item is not).</summary>
    public string? QualificationResult { get; set; }

    /// <summary>A list of related party references, defines party or party role linked to this request.</summary>
    public List<RelatedParty>? RelatedParty { get; set; }

    /// <summary>A list of service qualification items.</summary>
    public List<CheckServiceQualificationItem>? ServiceQualificationItem { get; set; }

    /// <summary>State of the serviceQualification (acknowledged, inProgress, terminatedWithError, done).</summary>
    public string? State { get; set; }
}
