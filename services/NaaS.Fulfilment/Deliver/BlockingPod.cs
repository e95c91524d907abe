using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Deliver;

/// <summary>
/// A pod that holds up its StatefulSet: Kubernetes waits for a broken pod before it repairs it, until somebody deletes that pod. A work can: it takes the
/// pod over, and what a work no longer carries, its agent deletes.
/// </summary>
internal static class BlockingPod
{
    private const string Mark = HubLabels.Prefix + "/blocking";

    /// <summary>The work that also takes the pod over.</summary>
    public static WorkManifest Taken(WorkManifest work, ObjectKey pod)
    {
        var spec = Left(work, pod).Spec;
        spec["workload"]!["manifests"]!.AsArray().Add(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace, ["annotations"] = new JsonObject { [Mark] = "true" } },
        });
        spec["manifestConfigs"]!.AsArray().Add(new JsonObject
        {
            ["resourceIdentifier"] = new JsonObject { ["group"] = "", ["resource"] = "pods", ["name"] = pod.Name, ["namespace"] = pod.Namespace },
            ["updateStrategy"] = new JsonObject
            {
                ["type"] = "ServerSideApply",
                ["serverSideApply"] = new JsonObject { ["force"] = true, ["fieldManager"] = $"work-agent-{work.ServiceId:N}" },
            },
        });
        return work with { Spec = spec };
    }

    /// <summary>The work without the pod, also where it is only read.</summary>
    public static WorkManifest Left(WorkManifest work, ObjectKey pod)
    {
        var spec = (JsonObject)work.Spec.DeepClone();
        spec["workload"]!["manifests"]!.AsArray().RemoveAll(manifest => ObjectKey.Of((JsonObject)manifest!) == pod);
        spec["manifestConfigs"]!.AsArray().RemoveAll(config => config!["resourceIdentifier"] is { } id
            && (string?)id["resource"] == "pods" && (string?)id["name"] == pod.Name && (string?)id["namespace"] == pod.Namespace);
        return work with { Spec = spec };
    }

    /// <summary>The pod that a work on the hub has taken over; null where it has none.</summary>
    public static ObjectKey? TakenBy(JsonObject spec) => (spec["workload"]?["manifests"] as JsonArray ?? []).OfType<JsonObject>()
        .Where(manifest => (string?)manifest["metadata"]?["annotations"]?[Mark] == "true")
        .Select(manifest => (ObjectKey?)ObjectKey.Of(manifest))
        .FirstOrDefault();
}
