using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>An object that runs pods, and what its pods look like.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Object">The object.</param>
/// <param name="PodLabels">Labels of its pods.</param>
/// <param name="PodAnnotations">Annotations of its pods.</param>
/// <param name="PodSpec">Spec of its pods; empty where a custom resource does not show it.</param>
/// <param name="Stateful">Whether it keeps data that does not move by itself.</param>
internal sealed record Workload(
    ObjectKey Key,
    JsonObject Object,
    IReadOnlyDictionary<string, string> PodLabels,
    IReadOnlyDictionary<string, string> PodAnnotations,
    JsonObject PodSpec,
    bool Stateful)
{
    private static readonly HashSet<(string Group, string Kind)> Known =
    [
        ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"),
        ("batch", "Job"), ("batch", "CronJob"), ("", "Pod"), ("", "ReplicationController"),
    ];

    /// <summary>All containers of a pod, also those that run before and beside.</summary>
    public IEnumerable<JsonObject> Containers =>
        [.. PodSpec.Maps("initContainers"), .. PodSpec.Maps("containers"), .. PodSpec.Maps("ephemeralContainers")];

    /// <summary>The object as a workload; null where it is none.</summary>
    public static Workload? Of(JsonObject o, BundleOptions options)
    {
        var key = ObjectKey.Of(o);
        var template = Template(o, key);
        var rule = options.Workloads.FirstOrDefault(rule => rule.Group == key.Group && rule.Kind == key.Kind);
        var isCustom = key.Group.Contains('.') && !key.Group.EndsWith(".k8s.io", StringComparison.Ordinal) && template.At("spec", "containers") is JsonArray;
        if (rule is null && !isCustom && !Known.Contains((key.Group, key.Kind)))
        {
            return null;
        }

        var spec = template.Map("spec");
        return new(
            key,
            o,
            Strings(template, "labels"),
            Strings(template, "annotations"),
            spec,
            key.Kind == "StatefulSet" || rule is { Stateful: true } || spec.Maps("volumes").Any(volume => volume.ContainsKey("persistentVolumeClaim")));
    }

    private static JsonObject Template(JsonObject o, ObjectKey key) => key.Kind switch
    {
        "Pod" => o,
        "CronJob" => o.Map("spec", "jobTemplate", "spec", "template"),
        _ => o.Map("spec", "template"),
    };

    private static Dictionary<string, string> Strings(JsonObject template, string field) =>
        template.Pairs("metadata", field).ToDictionary(StringComparer.Ordinal);
}
