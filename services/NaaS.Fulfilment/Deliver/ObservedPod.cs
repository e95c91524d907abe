using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Deliver;

/// <summary>
/// The first pod of a StatefulSet, carried in the work to be read, never written: it is the one pod whose name is known beforehand, and a pod alone tells
/// reasons such as ImagePullBackOff.
/// </summary>
internal static class ObservedPod
{
    /// <summary>The pod to read for an object; null where its pods' names are not known.</summary>
    public static JsonObject? Of(JsonObject o)
    {
        var key = ObjectKey.Of(o);
        return key is { Group: "apps", Kind: "StatefulSet" } ? Named(KeyFor(key)) : null;
    }

    /// <summary>Key of the pod to read for a StatefulSet.</summary>
    public static ObjectKey KeyFor(ObjectKey statefulSet) => new("", "Pod", statefulSet.Namespace, statefulSet.Name + "-0");

    /// <summary>Its part of the work's manifestConfigs.</summary>
    public static JsonNode Config(JsonObject pod, bool watched) => new JsonObject
    {
        ["resourceIdentifier"] = new JsonObject
        {
            ["group"] = "",
            ["resource"] = "pods",
            ["name"] = pod["metadata"]!["name"]!.DeepClone(),
            ["namespace"] = pod["metadata"]!["namespace"]!.DeepClone(),
        },
        ["updateStrategy"] = new JsonObject { ["type"] = "ReadOnly" },
        ["feedbackScrapeType"] = watched ? "Watch" : "Poll",
        ["feedbackRules"] = new JsonArray(new JsonObject { ["type"] = "JSONPaths", ["jsonPaths"] = Feedback.Of(new("", "Pod", "", ""))!.Paths() }),
    };

    private static JsonObject Named(ObjectKey key) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
    };
}
