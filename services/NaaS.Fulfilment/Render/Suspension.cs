using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Render;

/// <summary>
/// An inactive service: all that it is stays (claims, configuration, names), nothing of it runs. Workloads are scaled to nothing or suspended; bare pods
/// and autoscalers, which cannot be, are left out until it is active again.
/// </summary>
internal static class Suspension
{
    /// <summary>No node carries this label, so a DaemonSet that asks for it has no pods.</summary>
    private const string Nowhere = ClusterHub.Objects.HubLabels.Prefix + "/inactive";

    /// <summary>The release without anything that runs.</summary>
    public static Release Of(Release release)
    {
        IReadOnlyList<JsonObject> objects = [.. release.Objects.Select(Suspended).OfType<JsonObject>()];
        return release with
        {
            Objects = objects,
            Hooks = [],
            Digest = Digests.Of([.. release.Crds, .. objects]),
        };
    }

    private static JsonObject? Suspended(JsonObject o) => ObjectKey.Of(o) switch
    {
        { Group: "apps", Kind: "Deployment" or "StatefulSet" or "ReplicaSet" } => With(o, spec => spec["replicas"] = 0),
        { Group: "", Kind: "ReplicationController" } => With(o, spec => spec["replicas"] = 0),
        { Group: "apps", Kind: "DaemonSet" } => With(o, spec => Selector(spec)[Nowhere] = "true"),
        { Group: "batch", Kind: "CronJob" or "Job" } => With(o, spec => spec["suspend"] = true),
        { Group: "", Kind: "Pod" } or { Group: "autoscaling", Kind: "HorizontalPodAutoscaler" } => null,
        _ => o,
    };

    private static JsonObject With(JsonObject o, Action<JsonObject> change)
    {
        var copy = (JsonObject)o.DeepClone();
        change((JsonObject)copy["spec"]!);
        return copy;
    }

    private static JsonObject Selector(JsonObject spec)
    {
        var pod = (JsonObject)spec["template"]!["spec"]!;
        if (pod["nodeSelector"] is not JsonObject selector)
        {
            pod["nodeSelector"] = selector = [];
        }

        return selector;
    }
}
