using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Observe;

/// <summary>What the work agent is asked to read back from an object, in one list, so that all of it comes from one read of the object.</summary>
/// <param name="Watch">By watch (at once) or by poll: an agent has 50 watches, so those are kept for what takes time to become ready.</param>
/// <param name="Fields">Names and JSON paths.</param>
internal sealed record Feedback(bool Watch, IReadOnlyList<(string Name, string Path)> Fields)
{
    private static readonly (string, string)[] Common =
    [
        ("revision", $".metadata.annotations.{HubLabels.Revision.Replace(".", "\\.", StringComparison.Ordinal)}"),
        ("generation", ".metadata.generation"),
        ("observedGeneration", ".status.observedGeneration"),
    ];

    private static readonly Dictionary<(string Group, string Kind), Feedback> Known = new()
    {
        [("apps", "Deployment")] = new(true,
        [
            .. Common, ("wanted", ".spec.replicas"), ("paused", ".spec.paused"), ("replicas", ".status.replicas"), ("updated", ".status.updatedReplicas"),
            ("ready", ".status.readyReplicas"), ("available", ".status.availableReplicas"),
            .. Condition("Progressing"), .. Condition("Available"), .. Condition("ReplicaFailure"),
        ]),
        [("apps", "StatefulSet")] = new(true,
        [
            .. Common, ("wanted", ".spec.replicas"), ("strategy", ".spec.updateStrategy.type"), ("partition", ".spec.updateStrategy.rollingUpdate.partition"),
            ("replicas", ".status.replicas"), ("updated", ".status.updatedReplicas"), ("ready", ".status.readyReplicas"), ("current", ".status.currentReplicas"),
            ("currentRevision", ".status.currentRevision"), ("updateRevision", ".status.updateRevision"),
        ]),
        [("apps", "DaemonSet")] = new(true,
        [
            .. Common, ("wanted", ".status.desiredNumberScheduled"), ("current", ".status.currentNumberScheduled"),
            ("updated", ".status.updatedNumberScheduled"), ("ready", ".status.numberReady"), ("available", ".status.numberAvailable"),
        ]),
        [("apps", "ReplicaSet")] = new(true,
        [
            .. Common, ("wanted", ".spec.replicas"), ("replicas", ".status.replicas"), ("labelled", ".status.fullyLabeledReplicas"),
            ("ready", ".status.readyReplicas"), ("available", ".status.availableReplicas"),
        ]),
        [("batch", "Job")] = new(true,
        [
            .. Common, ("wanted", ".spec.completions"), ("ready", ".status.succeeded"), ("startTime", ".status.startTime"), .. Condition("Complete"), .. Condition("Failed"),
        ]),
        [("", "Pod")] = new(true,
        [
            .. Common, ("phase", ".status.phase"), ("waiting", ".status.containerStatuses[*].state.waiting.reason"), .. Condition("Ready"),
        ]),
        [("", "PersistentVolumeClaim")] = new(true, [.. Common, ("phase", ".status.phase")]),
        [("", "Service")] = new(false,
        [
            .. Common, ("type", ".spec.type"), ("clusterIP", ".spec.clusterIP"),
            ("ip", ".status.loadBalancer.ingress[0].ip"), ("hostname", ".status.loadBalancer.ingress[0].hostname"),
        ]),
        [("networking.k8s.io", "Ingress")] = new(false,
        [
            .. Common, ("ip", ".status.loadBalancer.ingress[0].ip"), ("hostname", ".status.loadBalancer.ingress[0].hostname"),
        ]),
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = new(false, [.. Condition("Established"), .. Condition("NamesAccepted")]),
    };

    private static readonly HashSet<string> ApplyOnly =
    [
        "", "rbac.authorization.k8s.io", "policy", "scheduling.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io", "networking.k8s.io", "autoscaling",
        "batch", "node.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "apiregistration.k8s.io", "apps",
    ];

    private static readonly Feedback Custom = new(true, [.. Common, .. Condition("Ready")]);

    /// <summary>What is read back from an object; null where being applied is all that there is to know (ConfigMap, Secret, RBAC ...).</summary>
    public static Feedback? Of(ObjectKey key) =>
        Known.TryGetValue((key.Group, key.Kind), out var feedback) ? feedback : ApplyOnly.Contains(key.Group) ? null : Custom;

    /// <summary>The rule list in the work's own form.</summary>
    public JsonArray Paths() => new([.. Fields.Select(field => new JsonObject { ["name"] = field.Name, ["path"] = field.Path })]);

    private static (string, string)[] Condition(string type) =>
    [
        (type, $".status.conditions[?(@.type==\"{type}\")].status"),
        (type + "Reason", $".status.conditions[?(@.type==\"{type}\")].reason"),
        (type + "Message", $".status.conditions[?(@.type==\"{type}\")].message"),
    ];
}
