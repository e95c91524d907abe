using System.Text.Json.Serialization;
using NaaS.Tmf.Inventory;

namespace NaaS.Tmf.Shared;

/// <summary>A Service to be created defined by value or existing defined by reference. TMF638 4.0 and TMF641 4.1.</summary>
public sealed class ServiceRefOrValue : Service
{
    /// <summary>The actual type of the target instance when needed for disambiguation.</summary>
    [JsonPropertyName("@referredType")]
    public string? ReferredType { get; set; }
}
