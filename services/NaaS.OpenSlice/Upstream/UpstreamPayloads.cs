using System.Text.Json.Nodes;
using NaaS.Tmf.Inventory;

namespace NaaS.OpenSlice.Upstream;

/// <summary>Bodies that OpenSlice takes of us as its customer.</summary>
internal static class UpstreamPayloads
{
    /// <summary>An order of the cluster: its characteristics are those of our service.</summary>
    public static JsonObject Order(Service service, JsonObject specification) => new()
    {
        ["externalId"] = service.Id,
        ["description"] = $"Cluster for {service.Name}",
        ["category"] = "Kubernetes-as-a-Service",
        ["orderItem"] = new JsonArray(new JsonObject
        {
            ["action"] = "add",
            ["state"] = "ACKNOWLEDGED",
            ["service"] = new JsonObject
            {
                ["name"] = service.Name,
                ["state"] = "feasibilityChecked",
                ["serviceSpecification"] = new JsonObject
                {
                    ["id"] = specification["id"]?.DeepClone(),
                    ["name"] = specification["name"]?.DeepClone(),
                    ["version"] = specification["version"]?.DeepClone(),
                },
                ["serviceCharacteristic"] = new JsonArray([.. (service.ServiceCharacteristic ?? []).Select(one => (JsonNode)new JsonObject
                {
                    ["name"] = one.Name,
                    ["valueType"] = "TEXT",
                    ["value"] = new JsonObject { ["value"] = NaaS.Tmf.Characteristics.ValueText.Of(one.Value), ["alias"] = "" },
                })]),
            },
        }),
    };

    /// <summary>The order's items deleted: OpenSlice ends their services.</summary>
    public static JsonObject End(JsonObject order)
    {
        var items = (order["orderItem"] as JsonArray ?? []).DeepClone().AsArray();
        foreach (var item in items)
        {
            item!["action"] = "delete";
            item["service"]!["state"] = "terminated";
        }

        return new() { ["orderItem"] = items };
    }
}
