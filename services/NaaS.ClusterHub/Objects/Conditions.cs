using System.Text.Json.Nodes;

namespace NaaS.ClusterHub.Objects;

/// <summary>Kubernetes conditions.</summary>
public static class Conditions
{
    /// <summary>The condition of that type, or null.</summary>
    public static JsonObject? Find(JsonNode? conditions, string type) =>
        (conditions as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(condition => (string?)condition["type"] == type);

    /// <summary>Whether the condition of that type has status True.</summary>
    public static bool IsTrue(JsonNode? conditions, string type) => (string?)Find(conditions, type)?["status"] == "True";
}
