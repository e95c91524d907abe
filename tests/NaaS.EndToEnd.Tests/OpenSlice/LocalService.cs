using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>A service in OpenSlice's own inventory that mirrors one of the partner's.</summary>
internal sealed class LocalService
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public required string ExternalPartnerServiceId { get; init; }

    public required string ExternalServiceOrderId { get; init; }

    public required string State { get; set; }

    /// <summary>The partner's service as read last.</summary>
    public required JsonObject Remote { get; set; }

    public string? this[string characteristic] => (string?)Remote["serviceCharacteristic"]!.AsArray()
        .FirstOrDefault(one => (string?)one!["name"] == characteristic)?["value"]?["value"];
}
