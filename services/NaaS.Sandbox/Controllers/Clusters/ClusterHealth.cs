using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>The hub's taints for a cluster by its condition Available.</summary>
internal static class ClusterHealth
{
    public const string Available = "ManagedClusterConditionAvailable";

    private const string Unreachable = "cluster.open-cluster-management.io/unreachable";
    private const string Unavailable = "cluster.open-cluster-management.io/unavailable";

    /// <summary>Whether the cluster is available and its taints say so too.</summary>
    public static bool IsWell(JsonObject cluster) =>
        cluster.ConditionIsTrue(Available) && !cluster.Items("spec", "taints").Any(taint => taint.Str("key") is Unreachable or Unavailable);

    /// <summary>Unknown or absent: unreachable. False: unavailable. True: neither. Says whether anything changed.</summary>
    public static bool Taint(JsonObject cluster, DateTimeOffset now)
    {
        var wanted = cluster.Condition(Available).Str("status") switch
        {
            "True" => null,
            "False" => Unavailable,
            _ => Unreachable,
        };
        var spec = cluster.Need("spec");
        var taints = spec.Items("taints").ToList();
        var changed = taints.RemoveAll(taint => taint.Str("key") is Unreachable or Unavailable && taint.Str("key") != wanted) > 0;
        if (wanted is not null && !taints.Exists(taint => taint.Str("key") == wanted))
        {
            taints.Add(new JsonObject { ["key"] = wanted, ["effect"] = "NoSelect", ["timeAdded"] = Json.Time(now) });
            changed = true;
        }

        // Taints set by hand get their time from the hub too.
        foreach (var taint in taints.OfType<JsonObject>().Where(taint => taint.Str("timeAdded") is null))
        {
            taint["timeAdded"] = Json.Time(now);
            changed = true;
        }

        if (changed && taints.Count == 0)
        {
            spec.Remove("taints");
        }
        else if (changed)
        {
            spec["taints"] = new JsonArray([.. taints.Select(taint => taint.DeepClone())]);
        }

        return changed;
    }
}
