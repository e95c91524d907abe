using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;

namespace NaaS.ClusterHub.Clusters;

/// <summary>Reads ManagedClusters.</summary>
public static class ClusterReading
{
    /// <summary>All clusters that the hub has accepted, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, ManagedCluster>> ClustersAsync(this HubClient hub, CancellationToken cancellationToken)
    {
        var list = await hub.ListAsync(HubResource.ManagedClusters, null, null, cancellationToken);
        return list.Items.Where(IsUsable).Select(Read).ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
    }

    /// <summary>Reads one ManagedCluster.</summary>
    public static ManagedCluster Read(JsonObject cluster) => new(
        (string)cluster["metadata"]!["name"]!,
        Strings(cluster["metadata"]?["labels"] as JsonObject),
        Claims(cluster["status"]?["clusterClaims"] as JsonArray),
        [.. (cluster["spec"]?["taints"] as JsonArray ?? []).OfType<JsonObject>().Select(Taint)],
        Available(cluster));

    private static bool IsUsable(JsonObject cluster) =>
        (bool?)cluster["spec"]?["hubAcceptsClient"] is true && cluster["metadata"]?["deletionTimestamp"] is null;

    private static Dictionary<string, string> Strings(JsonObject? map) =>
        (map ?? []).ToDictionary(entry => entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    private static Dictionary<string, string> Claims(JsonArray? claims)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var claim in (claims ?? []).OfType<JsonObject>())
        {
            byName[(string?)claim["name"] ?? ""] = (string?)claim["value"] ?? "";
        }

        return byName;
    }

    private static ClusterTaint Taint(JsonObject taint) => new(
        (string?)taint["key"] ?? "",
        (string?)taint["value"] ?? "",
        (string?)taint["effect"] ?? "",
        DateTimeOffset.TryParse((string?)taint["timeAdded"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var added) ? added : default);

    private static bool? Available(JsonObject cluster) =>
        (string?)Conditions.Find(cluster["status"]?["conditions"], "ManagedClusterConditionAvailable")?["status"] switch
        {
            "True" => true,
            "False" => false,
            _ => null,
        };
}
