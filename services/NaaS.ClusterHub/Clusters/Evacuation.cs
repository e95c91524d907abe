using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Clusters;

/// <summary>Evacuates clusters in OCM's own way: a taint that no rule of ours tolerates.</summary>
public static class Evacuation
{
    private const int MostTries = 10;

    /// <summary>Sets or takes away the taint; false where the hub has no such cluster. Taints of others stay.</summary>
    public static async Task<bool> EvacuateAsync(this HubClient hub, string cluster, bool evacuated, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            if (await hub.FindAsync(HubResource.ManagedClusters, null, cluster, cancellationToken) is not { } there)
            {
                return false;
            }

            List<JsonObject> taints = [.. (there["spec"]?["taints"] as JsonArray ?? []).OfType<JsonObject>()];
            if (taints.Exists(IsOurs) == evacuated)
            {
                return true;
            }

            List<JsonNode> others = [.. taints.Where(taint => !IsOurs(taint)).Select(taint => taint.DeepClone())];
            try
            {
                await hub.MergeAsync(HubResource.ManagedClusters, null, cluster, Patch(there, evacuated ? [.. others, Ours(now)] : others), cancellationToken);
                return true;
            }
            catch (HubConflictException) when (i < MostTries)
            {
                // Somebody else wrote it meanwhile: read it again.
            }
        }
    }

    private static JsonObject Patch(JsonObject there, IEnumerable<JsonNode> taints) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = there["metadata"]!["resourceVersion"]!.DeepClone() },
        ["spec"] = new JsonObject { ["taints"] = new JsonArray([.. taints]) },
    };

    private static bool IsOurs(JsonObject taint) => (string?)taint["key"] == HubLabels.Evacuated;

    private static JsonObject Ours(DateTimeOffset now) => new()
    {
        ["key"] = HubLabels.Evacuated,
        ["effect"] = "NoSelect",
        ["timeAdded"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };
}
