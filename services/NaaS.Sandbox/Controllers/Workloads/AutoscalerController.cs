using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>A HorizontalPodAutoscaler on a cluster without load: it keeps its target within minReplicas and maxReplicas and reports so.</summary>
internal sealed class AutoscalerController(ReconcileLoop loop, SimulatedCluster cluster) : Controller
{
    private static readonly ResourceType[] Targets = [Kinds.Deployments, Kinds.StatefulSets, Kinds.ReplicaSets];

    public override IReadOnlyList<ResourceType> Watches => [Kinds.HorizontalPodAutoscalers, .. Targets];

    private ObjectStore Store => cluster.Store;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.HorizontalPodAutoscalers)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
            return;
        }

        foreach (var autoscaler in Store.List(Kinds.HorizontalPodAutoscalers, changed.Namespace).Items)
        {
            loop.Enqueue(this, autoscaler.Namespace, autoscaler.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kinds.HorizontalPodAutoscalers, ns, name) is not { Deleting: false } stored)
        {
            return;
        }

        var autoscaler = stored.Read();
        var target = autoscaler.At("spec", "scaleTargetRef");
        var type = Targets.FirstOrDefault(candidate => candidate.Kind == target.Str("kind"));
        if (type is null || Store.Find(type, ns, target.Str("name") ?? "")?.Read() is not { } workload)
        {
            Store.EditStatus(Kinds.HorizontalPodAutoscalers, ns, name, status => status.SetCondition(
                new Condition("AbleToScale", "False", "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {target.Str("kind")} \"{target.Str("name")}\" not found"), loop.Now));
            return;
        }

        var replicas = RolloutPlan.Replicas(workload);
        var wanted = replicas == 0 ? 0 : Math.Clamp(replicas, autoscaler.Int("spec", "minReplicas") ?? 1, autoscaler.Int("spec", "maxReplicas") ?? long.MaxValue);
        if (wanted != replicas)
        {
            Store.EditIfThere(
                type, ns, workload.Name(),
                tree =>
                {
                    tree.Need("spec")["replicas"] = wanted;
                    return true;
                },
                WriteOptions.Default with { Manager = "kube-controller-manager" });
        }

        Store.EditStatus(Kinds.HorizontalPodAutoscalers, ns, name, status =>
        {
            status["currentReplicas"] = workload.Int("status", "replicas") ?? 0;
            status["desiredReplicas"] = wanted;
            status.SetCondition(new Condition("AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size"), loop.Now);
            status.SetCondition(new Condition("ScalingActive", "True", "ValidMetricFound", "the HPA was able to successfully calculate a replica count"), loop.Now);
            status.SetCondition(new Condition("ScalingLimited", "False", "DesiredWithinRange", "the desired count is within the acceptable range"), loop.Now);
        });
    }
}
