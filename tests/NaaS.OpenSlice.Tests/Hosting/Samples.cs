using System.Text.Json.Nodes;

namespace NaaS.OpenSlice.Tests.Hosting;

/// <summary>Orders and characteristics, in few words.</summary>
internal static class Samples
{
    public static JsonObject Characteristic(string name, string type, string? byDefault = null, int mandatory = 0)
    {
        var one = new JsonObject { ["name"] = name, ["valueType"] = type, ["configurable"] = true, ["minCardinality"] = mandatory, ["maxCardinality"] = 1 };
        if (byDefault is not null)
        {
            one["characteristicValueSpecification"] = new JsonArray(new JsonObject { ["value"] = byDefault, ["valueType"] = type, ["isDefault"] = true });
        }

        return one;
    }

    public static JsonObject[] Application => [Characteristic("Service artifact identifier in service registry/repository", "TEXT", "shop"), Characteristic("values.replicas", "INTEGER", "1")];

    public static JsonObject[] Cluster => [Characteristic("Cluster name", "TEXT", mandatory: 1)];

    public static JsonObject Order(params JsonObject[] items) => new() { ["orderItem"] = new JsonArray([.. items]) };

    public static JsonObject Item(string id, string specification, string? after = null, params (string Name, string Value)[] characteristics) => new()
    {
        ["id"] = id,
        ["action"] = "add",
        ["orderItemRelationship"] = after is null ? null : new JsonArray(new JsonObject { ["relationshipType"] = "dependency", ["id"] = after }),
        ["service"] = new JsonObject
        {
            ["name"] = $"item-{id}",
            ["serviceSpecification"] = new JsonObject { ["id"] = specification },
            ["serviceCharacteristic"] = Values(characteristics),
        },
    };

    public static JsonArray Values(params (string Name, string Value)[] characteristics) => new([.. characteristics.Select(one => (JsonNode)new JsonObject
    {
        ["name"] = one.Name,
        ["valueType"] = "TEXT",
        ["value"] = new JsonObject { ["value"] = one.Value, ["alias"] = "" },
    })]);

    public static string ServiceOf(JsonObject order, int item = 0) => (string)order["orderItem"]![item]!["service"]!["supportingService"]![0]!["id"]!;

    public static string? Value(JsonObject resource, string name, string list = "serviceCharacteristic") =>
        (string?)(resource[list] as JsonArray ?? []).FirstOrDefault(one => (string?)one!["name"] == name)?["value"]?["value"];
}
