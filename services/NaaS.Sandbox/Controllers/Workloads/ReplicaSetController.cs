using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Keeps as many pods as a ReplicaSet wants.</summary>
internal sealed class ReplicaSetController(ReconcileLoop loop, SimulatedCluster cluster)
    : OwnedController(loop, cluster, Kinds.ReplicaSets, Kinds.Pods)
{
    protected override void Reconcile(StoredObject stored)
    {
        var set = stored.Read();
        var all = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).ToList();
        var active = all.Where(Pods.IsActive).ToList();
        var missing = (set.Int("spec", "replicas") ?? 1) - active.Count;
        ApiStatusException? refused = null;
        try
        {
            for (; missing > 0; missing--)
            {
                active.Add(Pods.Create(Store, stored, set.At("spec", "template"), $"{stored.Name}-").Read());
            }
        }
        catch (ApiStatusException problem)
        {
            refused = problem;
        }

        foreach (var surplus in LeastUseful(active).Take((int)Math.Max(-missing, 0)).ToList())
        {
            Store.DeleteIfThere(Kinds.Pods, stored.Namespace, surplus.Name());
            active.Remove(surplus);
        }

        var terminating = all.Count(pod => pod.IsDeleting() && !Pods.IsFinished(pod));
        Store.EditStatus(Kinds.ReplicaSets, stored.Namespace, stored.Name, status => Describe(status, set, active, terminating, refused));
        if (refused is not null)
        {
            throw refused;
        }
    }

    // Pods that are not ready go first, then the youngest.
    private static IEnumerable<JsonObject> LeastUseful(IEnumerable<JsonObject> pods) =>
        pods.OrderBy(Pods.IsReady).ThenByDescending(pod => pod.Instant("metadata", "creationTimestamp")).ThenByDescending(pod => pod.Name());

    private void Describe(JsonObject status, JsonObject set, List<JsonObject> active, int terminating, ApiStatusException? refused)
    {
        var minReady = set.Int("spec", "minReadySeconds") ?? 0;
        var available = active.Select(pod => Pods.AvailableAt(pod, minReady)).OfType<DateTimeOffset>().ToList();
        if (available.Where(at => at > Loop.Now).OrderBy(at => at).Cast<DateTimeOffset?>().FirstOrDefault() is { } next)
        {
            Loop.EnqueueAt(this, set.Namespace(), set.Name(), next);
        }

        var wanted = LabelSelector.From(set.Obj("spec", "template", "metadata") is { } metadata
            ? new JsonObject { ["matchLabels"] = metadata.Obj("labels")?.DeepClone() } : null);
        status["replicas"] = active.Count;
        Counters.Set(status, "fullyLabeledReplicas", active.Count(pod => wanted?.Matches(pod.Labels()) == true));
        Counters.Set(status, "readyReplicas", active.Count(Pods.IsReady));
        Counters.Set(status, "availableReplicas", available.Count(at => at <= Loop.Now));
        status["terminatingReplicas"] = terminating;
        status["observedGeneration"] = set.Generation();
        if (refused is not null)
        {
            status.SetCondition(new Condition("ReplicaFailure", "True", "FailedCreate", refused.Message), Loop.Now);
        }
        else if (status.ContainsKey("conditions"))
        {
            status.RemoveCondition("ReplicaFailure");
        }
    }
}
