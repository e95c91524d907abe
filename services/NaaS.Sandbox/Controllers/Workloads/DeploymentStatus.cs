using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>A Deployment's status from its ReplicaSets.</summary>
internal static class DeploymentStatus
{
    /// <summary>Writes the status; answers when the progress deadline passes, null where none runs.</summary>
    public static DateTimeOffset? Write(JsonObject status, JsonObject deployment, IReadOnlyList<JsonObject> sets, JsonObject? current, DateTimeOffset now)
    {
        var wanted = RolloutPlan.Replicas(deployment);
        var before = Figures.Of(status);
        var figures = new Figures(
            sets.Sum(set => set.Int("status", "replicas") ?? 0),
            current.Int("status", "replicas") ?? 0,
            sets.Sum(set => set.Int("status", "readyReplicas") ?? 0),
            sets.Sum(set => set.Int("status", "availableReplicas") ?? 0));
        status["observedGeneration"] = deployment.Generation();
        Counters.Set(status, "replicas", figures.Replicas);
        Counters.Set(status, "updatedReplicas", figures.Updated);
        Counters.Set(status, "readyReplicas", figures.Ready);
        Counters.Set(status, "availableReplicas", figures.Available);
        Counters.Set(status, "unavailableReplicas", Math.Max(0, sets.Sum(RolloutPlan.Replicas) - figures.Available));
        status["terminatingReplicas"] = sets.Sum(set => set.Int("status", "terminatingReplicas") ?? 0);

        var enough = figures.Available >= wanted - RolloutPlan.Bounds(deployment).Unavailable;
        Set(status, enough
            ? new Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
            : new Condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."), now, touch: false);
        var failure = sets.Select(set => set.Condition("ReplicaFailure")).FirstOrDefault(condition => condition is not null);
        if (failure is not null)
        {
            Set(status, new Condition("ReplicaFailure", "True", failure.Str("reason") ?? "", failure.Str("message") ?? ""), now, touch: false);
        }
        else
        {
            status.RemoveCondition("ReplicaFailure");
        }

        return current is null ? null : Progress(status, deployment, figures, before, current, now);
    }

    private static DateTimeOffset? Progress(
        JsonObject status, JsonObject deployment, Figures figures, Figures before, JsonObject current, DateTimeOffset now)
    {
        var wanted = RolloutPlan.Replicas(deployment);
        if (deployment.Bool("spec", "paused") is true)
        {
            return null;
        }

        var known = status.Items("conditions").FirstOrDefault(condition => condition.Str("type") == "Progressing");
        var name = current.Name();
        var mentions = known.Str("message")?.Contains($"\"{name}\"", StringComparison.Ordinal) == true;
        if (figures.Updated == wanted && figures.Replicas == wanted && figures.Available == wanted)
        {
            Set(status, new Condition("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{name}\" has successfully progressed."), now, touch: false);
            return null;
        }

        // A finished roll-out that loses a pod is not progressing again until its template or size changes.
        if (known.Str("reason") == "NewReplicaSetAvailable" && mentions && !figures.AdvancedFrom(before))
        {
            return null;
        }

        if (!mentions || figures.AdvancedFrom(before))
        {
            Set(status, new Condition("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{name}\" is progressing."), now, touch: true);
            known = null;
        }

        var since = known.Instant("lastUpdateTime") ?? now;
        var deadline = since.AddSeconds(deployment.Int("spec", "progressDeadlineSeconds") ?? 600);
        if (deadline > now)
        {
            return deadline;
        }

        Set(status, new Condition("Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{name}\" has timed out progressing."), now, touch: false);
        return null;
    }

    // Deployments' conditions also carry lastUpdateTime.
    private static void Set(JsonObject status, Condition condition, DateTimeOffset now, bool touch)
    {
        JsonNode? Find() => status.Items("conditions").FirstOrDefault(known => known.Str("type") == condition.Type);
        var before = Find()?.DeepClone();
        status.SetCondition(condition, now);
        var same = before.Str("status") == condition.Status && before.Str("reason") == condition.Reason && before.Str("message") == condition.Message;
        Find()!["lastUpdateTime"] = same && !touch ? before.Str("lastUpdateTime") ?? Json.Time(now) : Json.Time(now);
    }

    private readonly record struct Figures(long Replicas, long Updated, long Ready, long Available)
    {
        public static Figures Of(JsonObject status) => new(
            status.Int("replicas") ?? 0, status.Int("updatedReplicas") ?? 0, status.Int("readyReplicas") ?? 0, status.Int("availableReplicas") ?? 0);

        // As Kubernetes counts progress: more new pods, fewer old ones, or more that are ready or available.
        public bool AdvancedFrom(Figures before) =>
            Updated > before.Updated || Replicas - Updated < before.Replicas - before.Updated || Ready > before.Ready || Available > before.Available;
    }
}
