using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Osom;

/// <summary>A service in OpenSlice's own inventory that mirrors one of the partner's.</summary>
public sealed class MirroredService
{
    /// <summary>Id of the partner's service.</summary>
    public required string ExternalPartnerServiceId { get; init; }

    /// <summary>Id of the partner's order.</summary>
    public required string ExternalServiceOrderId { get; init; }

    /// <summary>State that OpenSlice shows.</summary>
    public required string State { get; set; }

    /// <summary>The partner's service as read last.</summary>
    public required JsonObject Remote { get; set; }

    /// <summary>Value of a characteristic as read last; null where there is none of that name.</summary>
    public string? this[string characteristic] => Remote["serviceCharacteristic"]!.AsArray().OfType<JsonObject>()
        .Where(one => (string?)one["name"] == characteristic).Select(Jackson.ValueOf).FirstOrDefault();
}
