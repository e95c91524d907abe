using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Counts what a PodDisruptionBudget still allows.</summary>
internal sealed class DisruptionBudgetController(ReconcileLoop loop, SimulatedCluster cluster) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [Kinds.PodDisruptionBudgets, Kinds.Pods];

    private ObjectStore Store => cluster.Store;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.PodDisruptionBudgets)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
            return;
        }

        foreach (var budget in Store.List(Kinds.PodDisruptionBudgets, changed.Namespace).Items)
        {
            loop.Enqueue(this, budget.Namespace, budget.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kinds.PodDisruptionBudgets, ns, name) is not { Deleting: false } stored)
        {
            return;
        }

        var spec = stored.Read()["spec"];
        var selector = LabelSelector.From(spec.Obj("selector"));
        var pods = Store.List(Kinds.Pods, ns).Items.Where(pod => selector?.Matches(pod.Labels) == true).Select(pod => pod.Read()).Where(Pods.IsActive).ToList();
        var healthy = pods.Count(Pods.IsReady);
        var desired = spec.At("minAvailable") is { } minimum
            ? Counters.Resolve(minimum, pods.Count, roundUp: true, "0")
            : pods.Count - Counters.Resolve(spec.At("maxUnavailable"), pods.Count, roundUp: true, "0");
        Store.EditStatus(Kinds.PodDisruptionBudgets, ns, name, status =>
        {
            var allowed = Math.Max(0, healthy - desired);
            status["observedGeneration"] = stored.Generation;
            status["expectedPods"] = pods.Count;
            status["currentHealthy"] = healthy;
            status["desiredHealthy"] = desired;
            status["disruptionsAllowed"] = allowed;
            status.SetCondition(
                allowed > 0
                    ? new Condition("DisruptionAllowed", "True", "SufficientPods", "", stored.Generation)
                    : new Condition("DisruptionAllowed", "False", "InsufficientPods", "", stored.Generation),
                loop.Now);
        });
    }
}
