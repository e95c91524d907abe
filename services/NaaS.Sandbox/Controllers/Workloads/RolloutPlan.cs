using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>The next step of a rolling update: how many replicas each ReplicaSet is to have.</summary>
internal static class RolloutPlan
{
    public static long Replicas(JsonObject workload) => workload.Int("spec", "replicas") ?? 1;

    public static (long Surge, long Unavailable) Bounds(JsonObject deployment)
    {
        var wanted = Replicas(deployment);
        if (deployment.Str("spec", "strategy", "type") == "Recreate")
        {
            return (0, wanted);
        }

        var rolling = deployment.At("spec", "strategy", "rollingUpdate");
        var surge = Counters.Resolve(rolling.At("maxSurge"), wanted, roundUp: true, "25%");
        var unavailable = Counters.Resolve(rolling.At("maxUnavailable"), wanted, roundUp: false, "25%");
        return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    /// <summary>Never more than wanted + maxSurge pods, never fewer than wanted - maxUnavailable available ones.</summary>
    public static Dictionary<string, long> Roll(JsonObject deployment, JsonObject current, IReadOnlyList<JsonObject> old)
    {
        var wanted = Replicas(deployment);
        var (surge, unavailable) = Bounds(deployment);
        var plan = old.Prepend(current).ToDictionary(set => set.Name(), Replicas);

        // A set that still has more pods than it wants counts with those it has, so that the surge is kept at every moment.
        var total = old.Prepend(current).Sum(set => Math.Max(Replicas(set), set.Int("status", "replicas") ?? 0));
        if (plan[current.Name()] > wanted)
        {
            plan[current.Name()] = wanted;
        }
        else if (wanted + surge > total)
        {
            plan[current.Name()] = Math.Min(wanted, plan[current.Name()] + wanted + surge - total);
        }

        ScaleDown(plan, current, old, wanted - unavailable);
        return plan;
    }

    private static void ScaleDown(Dictionary<string, long> plan, JsonObject current, IReadOnlyList<JsonObject> old, long minimum)
    {
        var currentMissing = plan[current.Name()] - Math.Min(Available(current), plan[current.Name()]);
        var spare = plan.Values.Sum() - minimum - currentMissing;
        var eldestFirst = old.Where(set => plan[set.Name()] > 0).OrderBy(set => set.Instant("metadata", "creationTimestamp")).ToList();

        // Old pods that are not available are no loss.
        foreach (var set in eldestFirst)
        {
            var cut = Math.Clamp(plan[set.Name()] - Available(set), 0, Math.Max(spare, 0));
            plan[set.Name()] -= cut;
            spare -= cut;
        }

        var available = Math.Min(Available(current), plan[current.Name()]) + eldestFirst.Sum(set => Math.Min(Available(set), plan[set.Name()]));
        var removable = Math.Min(spare, available - minimum);
        foreach (var set in eldestFirst)
        {
            var cut = Math.Clamp(removable, 0, plan[set.Name()]);
            plan[set.Name()] -= cut;
            removable -= cut;
        }
    }

    private static long Available(JsonObject set) => set.Int("status", "availableReplicas") ?? 0;
}
