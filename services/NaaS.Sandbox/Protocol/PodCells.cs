using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>A pod's cells, computed as the API server's printer does.</summary>
internal static class PodCells
{
    /// <summary><c>1/2</c>.</summary>
    public static string Ready(JsonObject pod)
    {
        var ready = (pod.Arr("status", "containerStatuses") ?? []).Count(c => c.Bool("ready") == true);
        return $"{ready}/{pod.Arr("spec", "containers")?.Count ?? 0}";
    }

    /// <summary>How often its containers were restarted.</summary>
    public static string Restarts(JsonObject pod) =>
        $"{(pod.Arr("status", "containerStatuses") ?? []).Sum(c => c.Int("restartCount") ?? 0)}";

    /// <summary>The phase, or the reason that a container waits or ended with.</summary>
    public static string Status(JsonObject pod)
    {
        var reason = pod.Str("status", "reason") ?? pod.Str("status", "phase") ?? "Unknown";
        foreach (var (container, i) in (pod.Arr("status", "initContainerStatuses") ?? []).Select((c, i) => (c, i)))
        {
            if (container.Int("state", "terminated", "exitCode") == 0)
            {
                continue;
            }
            if (container.Str("state", "terminated", "reason") is { Length: > 0 } ended)
            {
                return $"Init:{ended}";
            }
            return container.Str("state", "waiting", "reason") is { Length: > 0 } waits && waits != "PodInitializing"
                ? $"Init:{waits}" : $"Init:{i}/{pod.Arr("spec", "initContainers")?.Count ?? 0}";
        }
        foreach (var container in (pod.Arr("status", "containerStatuses") ?? []).Reverse())
        {
            reason = container.Str("state", "waiting", "reason") ?? container.Str("state", "terminated", "reason") ?? reason;
        }
        return pod.At("metadata", "deletionTimestamp") is not null ? "Terminating" : reason;
    }
}
