using NaaS.Fulfilment.Observe;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Puts what is not ready in words.</summary>
internal static class Explanation
{
    private const int Most = 5;
    private static readonly HashSet<string> Workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Pod"];

    /// <summary>Names the objects, workloads first, with cluster and reason.</summary>
    public static string Of(IReadOnlyCollection<ObjectHealth> waiting)
    {
        var named = waiting.OrderBy(o => Workloads.Contains(o.Key.Kind) ? 0 : 1).Take(Most).Select(o => o.ToString());
        return string.Join("; ", named) + (waiting.Count > Most ? $"; and {waiting.Count - Most} more" : "");
    }
}
