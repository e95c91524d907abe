using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Compares what we want with what an API server shows, which has filled in defaults.</summary>
internal static class JsonCover
{
    /// <summary>Whether <paramref name="actual"/> holds everything of <paramref name="wanted"/>: all fields of maps; lists item by item and of one length.</summary>
    public static bool Covers(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        (_, null) => actual is null,
        (JsonObject left, JsonObject right) => right.All(field => left.TryGetPropertyValue(field.Key, out var value) && Covers(value, field.Value)),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Covers(pair.First, pair.Second)),
        (JsonValue, JsonValue) => JsonNode.DeepEquals(actual, wanted),
        _ => false,
    };

    /// <summary>Whether a work's spec on the hub is the wanted one, no manifest more or less and none with more fields.</summary>
    public static bool IsSpec(JsonNode? actual, JsonObject wanted) =>
        Covers(actual, wanted) && JsonNode.DeepEquals(actual!["workload"]?["manifests"], wanted["workload"]!["manifests"]);
}
