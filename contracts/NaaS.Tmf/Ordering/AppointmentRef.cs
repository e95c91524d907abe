using System.Text.Json.Serialization;
using NaaS.Tmf.Shared;

namespace NaaS.Tmf.Ordering;

/// <summary>Refers an appointment, such as a Customer presentation or internal meeting or site visit. TMF641 4.1.</summary>
public sealed class AppointmentRef : Extensible
{
    /// <summary>The identifier of the referred appointment.</summary>
    public string? Id { get; set; }

    /// <summary>The reference of the appointment.</summary>
    public string? Href { get; set; }

    /// <summary>An explanatory text regarding the appointment made with a party.</summary>
    public string? Description { get; set; }

    /// <summary>The actual type of the target instance when needed for disambiguation.</summary>
    [JsonPropertyName("@referredType")]
    public string? ReferredType { get; set; }
}
