using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>What controllers ask of pods, and how they make them.</summary>
internal static class Pods
{
    public static bool IsFinished(JsonObject pod) => pod.Str("status", "phase") is "Succeeded" or "Failed";

    public static bool IsActive(JsonObject pod) => !pod.IsDeleting() && !IsFinished(pod);

    public static bool IsReady(JsonObject pod) => !pod.IsDeleting() && pod.ConditionIsTrue("Ready");

    /// <summary>When the pod counts as available: ready for minReadySeconds; null while it is not ready.</summary>
    public static DateTimeOffset? AvailableAt(JsonObject pod, long minReadySeconds) =>
        IsReady(pod) ? pod.Condition("Ready").Instant("lastTransitionTime")?.AddSeconds(minReadySeconds) : null;

    /// <summary>Creates a pod from a template.</summary>
    /// <exception cref="ApiStatusException">Its service account does not exist (403), as the API server's admission says.</exception>
    public static StoredObject Create(ObjectStore store, StoredObject owner, JsonNode? template, string name, Action<JsonObject>? adjust = null)
    {
        var pod = Kinds.Pods.New(owner.Namespace, name);
        var metadata = pod.Need("metadata");
        if (name.EndsWith('-'))
        {
            metadata.Remove("name");
            metadata["generateName"] = name;
        }

        foreach (var map in (string[])["labels", "annotations"])
        {
            if (template.Obj("metadata", map) is { } pairs)
            {
                metadata[map] = pairs.DeepClone();
            }
        }

        metadata["ownerReferences"] = new JsonArray(owner.AsController());
        pod["spec"] = template.Obj("spec")?.DeepClone() ?? new JsonObject();
        adjust?.Invoke(pod);
        if (pod.Items("spec", "volumes").All(volume => volume.Obj("persistentVolumeClaim") is null))
        {
            // With one node and no claim to wait for there is nothing to schedule.
            pod.Need("spec")["nodeName"] = ClusterSetup.NodeName(store.Name);
        }

        CheckAccount(store, owner.Namespace, name, pod);
        return store.Create(Kinds.Pods, pod);
    }

    private static void CheckAccount(ObjectStore store, string ns, string name, JsonObject pod)
    {
        var account = pod.Str("spec", "serviceAccountName") ?? pod.Str("spec", "serviceAccount") ?? "default";
        if (store.Find(Kinds.ServiceAccounts, ns, account) is null)
        {
            throw ApiErrors.Forbidden(Kinds.Pods, name, $"error looking up service account {ns}/{account}: serviceaccount \"{account}\" not found");
        }
    }
}
