using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Workloads;

/// <summary>What tests of workloads look at, all on cluster c1 in namespace default.</summary>
internal static class WorkloadSteps
{
    public static IReadOnlyList<JsonObject> Pods(this SimulatedHub hub, string labels = "") =>
        [.. hub.Clusters["c1"].List(Kinds.Pods, "default", LabelSelector.Parse(labels)).Read()];

    public static JsonObject? OnC1(this SimulatedHub hub, ResourceType type, string name) => hub.Read(type, "default", name, "c1");

    public static void Change(this SimulatedHub hub, ResourceType type, string name, Action<JsonObject> change) =>
        hub.Clusters["c1"].Edit(type, "default", name, tree =>
        {
            change(tree);
            return true;
        });

    /// <summary>Waits until the Deployment is rolled out as kubectl judges.</summary>
    public static Task UntilRolledOut(this SimulatedHub hub, string name) => hub.Until(
        () => hub.OnC1(Kinds.Deployments, name) is { } deployment
            && deployment.Int("status", "observedGeneration") == deployment.Generation()
            && deployment.Int("status", "updatedReplicas") == deployment.Int("spec", "replicas")
            && deployment.Int("status", "replicas") == deployment.Int("status", "updatedReplicas")
            && deployment.Int("status", "availableReplicas") == deployment.Int("status", "updatedReplicas"),
        $"deployment {name} is rolled out");

    /// <summary>Reason and message of what the pod's first waiting container waits for.</summary>
    public static string? Waiting(this JsonObject pod) => pod.Items("status", "containerStatuses").Select(status => status.At("state", "waiting"))
        .FirstOrDefault(waiting => waiting is not null) is { } found ? $"{found.Str("reason")}/{found.Str("message")}" : null;

    public static string Pod(string name, string spec) =>
        $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"default"},"spec":{{spec}} }""";
}
