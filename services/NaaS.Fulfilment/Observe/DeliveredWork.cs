using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Observe;

/// <summary>A ManifestWork as the hub shows it.</summary>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Name">Name.</param>
/// <param name="Deleting">Whether it is being deleted.</param>
/// <param name="Applied">Whether all of it is applied at its present generation: condition Applied alone may be of an older one.</param>
/// <param name="Mark">Value of the label that makes the agent try again; null where it never had to.</param>
/// <param name="Spec">Spec.</param>
/// <param name="Objects">What is known of its objects.</param>
internal sealed record DeliveredWork(
    string Cluster, string Name, bool Deleting, bool Applied, string? Mark, JsonObject Spec, IReadOnlyDictionary<ObjectKey, ObjectStatus> Objects)
{
    /// <summary>Reads a ManifestWork.</summary>
    public static DeliveredWork Of(JsonObject work)
    {
        var generation = (long?)work["metadata"]?["generation"] ?? 0;
        var objects = new Dictionary<ObjectKey, ObjectStatus>();
        foreach (var manifest in (work["status"]?["resourceStatus"]?["manifests"] as JsonArray ?? []).OfType<JsonObject>())
        {
            objects[KeyOf(manifest["resourceMeta"])] = StatusOf(manifest, generation);
        }

        return new(
            (string)work["metadata"]!["namespace"]!,
            (string)work["metadata"]!["name"]!,
            work["metadata"]?["deletionTimestamp"] is not null,
            IsCurrent(Conditions.Find(work["status"]?["conditions"], "Applied"), generation),
            (string?)work["metadata"]?["labels"]?[HubLabels.Retry],
            work["spec"] as JsonObject ?? [],
            objects);
    }

    private static ObjectKey KeyOf(JsonNode? meta) => new(
        (string?)meta?["group"] ?? "", (string?)meta?["kind"] ?? "", (string?)meta?["namespace"] ?? "", (string?)meta?["name"] ?? "");

    private static ObjectStatus StatusOf(JsonObject manifest, long generation)
    {
        var applied = Conditions.Find(manifest["conditions"], "Applied");
        var available = Conditions.Find(manifest["conditions"], "Available");
        var problem = Problem(applied) ?? Problem(available);
        var values = (manifest["statusFeedback"]?["values"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(value => value["name"] is not null)
            .GroupBy(value => (string)value["name"]!)
            .ToDictionary(group => group.Key, group => Text(group.Last()["fieldValue"]), StringComparer.Ordinal);
        return new(IsCurrent(applied, generation), problem, values);
    }

    private static bool IsCurrent(JsonObject? condition, long generation) =>
        (string?)condition?["status"] == "True" && (long?)condition["observedGeneration"] == generation;

    private static string? Problem(JsonObject? condition) => (string?)condition?["status"] == "False" ? (string?)condition["message"] : null;

    private static string Text(JsonNode? value) => (string?)value?["type"] switch
    {
        "Integer" => ((long?)value["integer"] ?? 0).ToString(CultureInfo.InvariantCulture),
        "Boolean" => (bool?)value["boolean"] is true ? "true" : "false",
        "JsonRaw" => (string?)value["jsonRaw"] ?? "",
        _ => (string?)value?["string"] ?? "",
    };
}
