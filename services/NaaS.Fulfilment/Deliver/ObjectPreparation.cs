using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Makes rendered objects fit for server-side apply.</summary>
internal static class ObjectPreparation
{
    private static readonly HashSet<string> Scalable = ["Deployment", "StatefulSet", "ReplicaSet"];

    /// <summary>
    /// Copies without status and nulls (a null means absent to Kubernetes, but not to server-side apply), and without <c>replicas</c> where an autoscaler
    /// owns them.
    /// </summary>
    public static IEnumerable<JsonObject> Prepare(IReadOnlyList<JsonObject> objects)
    {
        var scaled = objects.Where(o => (string?)o["kind"] == "HorizontalPodAutoscaler").Select(Target).ToHashSet();
        foreach (var o in objects)
        {
            var copy = (JsonObject)WithoutNulls(o)!;
            copy.Remove("status");
            if (Scalable.Contains((string?)copy["kind"] ?? "") && scaled.Contains(Identity(copy)))
            {
                (copy["spec"] as JsonObject)?.Remove("replicas");
            }

            yield return copy;
        }
    }

    private static (string?, string?, string?) Target(JsonObject autoscaler)
    {
        var target = autoscaler["spec"]?["scaleTargetRef"];
        return ((string?)target?["kind"], (string?)autoscaler["metadata"]?["namespace"], (string?)target?["name"]);
    }

    private static (string?, string?, string?) Identity(JsonObject o) =>
        ((string?)o["kind"], (string?)o["metadata"]?["namespace"], (string?)o["metadata"]?["name"]);

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, WithoutNulls(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };
}
