using System.Text.Json.Nodes;

namespace NaaS.Benchmarks.Tmf;

/// <summary>What is posted.</summary>
internal static class Bodies
{
    /// <summary>A service like the demo's.</summary>
    public static JsonObject Specification => JsonNode.Parse("""
        {"name":"cms","lifecycleStatus":"Launched","specCharacteristic":[
          {"name":"values.replicaCount","valueType":"INTEGER","configurable":true,"characteristicValueSpecification":[{"isDefault":true,"value":1,"valueFrom":1,"valueTo":10}]},
          {"name":"Service namespace","valueType":"TEXT","configurable":true},
          {"name":"Cluster Metadata","valueType":"TEXT","configurable":true}]}
        """)!.AsObject();

    /// <summary>An order with all that a customer says, for a date to come.</summary>
    public static JsonObject Order(string specification, string description) => new()
    {
        ["description"] = description,
        ["category"] = "benchmark",
        ["priority"] = "3",
        ["requestedStartDate"] = "2090-01-01T00:00:00Z",
        ["note"] = new JsonArray(new JsonObject { ["author"] = "Ann", ["date"] = "2026-11-24T09:00:00Z", ["text"] = "As discussed." }),
        ["relatedParty"] = new JsonArray(new JsonObject { ["id"] = "ann", ["role"] = "requester", ["@referredType"] = "Individual", ["@type"] = "RelatedParty" }),
        ["serviceOrderItem"] = new JsonArray(new JsonObject
        {
            ["id"] = "1",
            ["action"] = "add",
            ["service"] = new JsonObject
            {
                ["name"] = "cms",
                ["serviceSpecification"] = new JsonObject { ["id"] = specification },
                ["serviceCharacteristic"] = new JsonArray(
                    new JsonObject { ["name"] = "values.replicaCount", ["value"] = 2 },
                    new JsonObject { ["name"] = "Service namespace", ["value"] = "shop" }),
            },
        }),
    };
}
