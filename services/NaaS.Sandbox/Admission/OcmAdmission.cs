using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Admission;

/// <summary>What OCM's admission webhooks do on a hub.</summary>
internal static class OcmAdmission
{
    private const string Works = "manifestworkvalidators.admission.work.open-cluster-management.io";
    private const string Bindings = "managedclustersetbindingvalidators.admission.cluster.open-cluster-management.io";
    private const string SetLabel = "cluster.open-cluster-management.io/clusterset";
    private const int ManifestLimit = 512_000;

    /// <summary>The mutating webhooks.</summary>
    public static void Complete(ResourceType type, JsonObject json, JsonObject? before, DateTimeOffset now)
    {
        if (type != Kinds.ManagedClusters)
        {
            return;
        }
        var labels = json.Obj("metadata")!.Need("labels");
        if (labels.Str(SetLabel) is null or "")
        {
            labels[SetLabel] = "default";
        }
        foreach (var taint in (json.Arr("spec", "taints") ?? []).OfType<JsonObject>())
        {
            var old = (before.Arr("spec", "taints") ?? []).FirstOrDefault(t => t.Str("key") == taint.Str("key") && t.Str("effect") == taint.Str("effect") && t.Str("value") == taint.Str("value"));
            taint["timeAdded"] = old.Str("timeAdded") ?? taint.Str("timeAdded") ?? Json.Time(now);
        }
    }

    /// <summary>The validating webhooks; a denial is a 400.</summary>
    public static void Check(ResourceType type, JsonObject json, JsonObject? before)
    {
        if (type == Kinds.ManifestWorks && (before is null || !Json.Same(before["spec"], json["spec"])))
        {
            CheckManifests(json.Arr("spec", "workload", "manifests") ?? []);
        }
        if (type == Kinds.ManagedClusterSetBindings && json.Str("metadata", "name") != json.Str("spec", "clusterSet"))
        {
            throw ApiErrors.DeniedByWebhook(Bindings, "The ManagedClusterSetBinding must have the same name as the target ManagedClusterSet");
        }
    }

    private static void CheckManifests(JsonArray manifests)
    {
        if (manifests.Count == 0)
        {
            throw ApiErrors.DeniedByWebhook(Works, "manifests should not be empty");
        }
        // The sum of the manifests' lengths is the list's, without its brackets and commas.
        var size = GoLength(manifests) - 1 - manifests.Count;
        if (size > ManifestLimit)
        {
            throw ApiErrors.DeniedByWebhook(Works, $"the size of manifests is {size} bytes which exceeds the {ManifestLimit} limit");
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
        {
            if (manifest.Str("metadata", "name") is null or "")
            {
                throw ApiErrors.DeniedByWebhook(Works, "name must be set in manifest");
            }
            var resource = $"{manifest.Str("metadata", "namespace")}/{manifest.Str("metadata", "name")} with resource type {manifest.Str("apiVersion")}.{manifest.Str("kind")}";
            if (!seen.Add(resource))
            {
                throw ApiErrors.DeniedByWebhook(Works, $"duplicate manifest for resource {resource}");
            }
        }
    }

    /// <summary>Bytes of a value as Go writes it: angle brackets and ampersands escaped.</summary>
    private static int GoLength(JsonNode value)
    {
        var bytes = Json.Bytes(value);
        return bytes.Length + (5 * (bytes.AsSpan().Count((byte)'<') + bytes.AsSpan().Count((byte)'>') + bytes.AsSpan().Count((byte)'&')));
    }
}
