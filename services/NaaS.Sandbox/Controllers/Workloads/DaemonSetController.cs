using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Keeps one pod of a DaemonSet on each node, and replaces it when the template changes.</summary>
internal sealed class DaemonSetController(ReconcileLoop loop, SimulatedCluster cluster)
    : OwnedController(loop, cluster, Kinds.DaemonSets, Kinds.Pods)
{
    private const string RevisionLabel = "controller-revision-hash";

    protected override void Reconcile(StoredObject stored)
    {
        var set = stored.Read();
        var hash = TemplateHash.Of(set.At("spec", "template"));
        var nodes = Store.List(Kinds.Nodes).Items.Select(node => node.Name).ToList();
        var pods = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).ToList();
        ApiStatusException? refused = null;
        foreach (var node in nodes.Where(node => !pods.Exists(pod => NodeOf(pod) == node)))
        {
            try
            {
                Create(stored, set, node, hash);
            }
            catch (ApiStatusException problem)
            {
                refused = problem;
            }
        }

        if (set.Str("spec", "updateStrategy", "type") != "OnDelete")
        {
            foreach (var old in pods.Where(pod => !pod.IsDeleting() && pod.Labels().GetValueOrDefault(RevisionLabel) != hash))
            {
                Store.DeleteIfThere(Kinds.Pods, stored.Namespace, old.Name());
            }
        }

        Report(stored, set, nodes, hash);
        if (refused is not null)
        {
            throw refused;
        }
    }

    private void Create(StoredObject stored, JsonObject set, string node, string hash) =>
        Pods.Create(Store, stored, set.At("spec", "template"), $"{stored.Name}-", pod =>
        {
            pod.Need("metadata").Need("labels")[RevisionLabel] = hash;
            pod.Need("spec")["nodeName"] = node;
        });

    private void Report(StoredObject stored, JsonObject set, List<string> nodes, string hash)
    {
        var minReady = set.Int("spec", "minReadySeconds") ?? 0;
        var pods = Controlled(Kinds.Pods, stored).Select(pod => pod.Read()).Where(pod => !pod.IsDeleting()).ToList();
        var available = pods.Count(pod => Pods.AvailableAt(pod, minReady) <= Loop.Now);
        Store.EditStatus(Kinds.DaemonSets, stored.Namespace, stored.Name, status =>
        {
            status["currentNumberScheduled"] = pods.Count;
            status["numberMisscheduled"] = 0;
            status["desiredNumberScheduled"] = nodes.Count;
            status["numberReady"] = pods.Count(Pods.IsReady);
            status["observedGeneration"] = stored.Generation;
            Counters.Set(status, "updatedNumberScheduled", pods.Count(pod => pod.Labels().GetValueOrDefault(RevisionLabel) == hash));
            Counters.Set(status, "numberAvailable", available);
            Counters.Set(status, "numberUnavailable", nodes.Count - available);
        });
        if (pods.Select(pod => Pods.AvailableAt(pod, minReady)).Where(at => at > Loop.Now).Min() is { } next)
        {
            Loop.EnqueueAt(this, stored.Namespace, stored.Name, next);
        }
    }

    private static string? NodeOf(JsonObject pod) => pod.Str("spec", "nodeName");
}
