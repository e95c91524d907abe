using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Rolls a Deployment out: one ReplicaSet for each pod template, so that pods whose template did not change are never restarted.</summary>
internal sealed class DeploymentController(ReconcileLoop loop, SimulatedCluster cluster)
    : OwnedController(loop, cluster, Kinds.Deployments, Kinds.ReplicaSets, Kinds.Pods)
{
    private const string HashLabel = "pod-template-hash";
    private const string Revision = "deployment.kubernetes.io/revision";

    public override void Observe(WatchEvent happened)
    {
        base.Observe(happened);

        // Recreate waits until the old pods are really gone.
        if (happened is { Type: WatchEventType.Deleted, Object: { } pod } && pod.Type == Kinds.Pods
            && pod.Owners.FirstOrDefault(owner => owner.Controller && owner.Kind == "ReplicaSet") is { } set
            && Store.Find(Kinds.ReplicaSets, pod.Namespace, set.Name)?.Owners.FirstOrDefault(owner => owner.Controller) is { } deployment)
        {
            Loop.Enqueue(this, pod.Namespace, deployment.Name);
        }
    }

    protected override void Reconcile(StoredObject stored)
    {
        var deployment = stored.Read();
        var sets = Controlled(Kinds.ReplicaSets, stored).Select(set => set.Read()).ToList();
        var current = sets.Find(set => SameTemplate(set, deployment));
        if (current is null)
        {
            if (deployment.Bool("spec", "paused") is not true)
            {
                sets.Add(current = Create(stored, deployment, sets));
            }
        }
        else
        {
            MarkRevision(current, sets);
        }

        if (current is not null)
        {
            CopyRevision(stored, current);
            var old = sets.Where(set => set != current).ToList();
            Scale(deployment, current, old);
            CleanUp(deployment, old);
        }

        Report(stored, deployment, current);
    }

    private static bool SameTemplate(JsonObject set, JsonObject deployment)
    {
        var template = set.Obj("spec", "template")?.Copy();
        template.Obj("metadata", "labels")?.Remove(HashLabel);
        var wanted = deployment.Obj("spec", "template")?.Copy();
        wanted.Obj("metadata", "labels")?.Remove(HashLabel);
        return Json.Same(template, wanted);
    }

    private JsonObject Create(StoredObject stored, JsonObject deployment, List<JsonObject> sets)
    {
        var template = deployment.Obj("spec", "template")!.Copy();
        for (var salt = 0; ; salt++)
        {
            var hash = TemplateHash.Of(deployment.At("spec", "template"), salt);
            var set = Kinds.ReplicaSets.New(stored.Namespace, $"{stored.Name}-{hash}");
            template.Need("metadata").Need("labels")[HashLabel] = hash;
            var selector = deployment.Obj("spec", "selector")!.Copy();
            selector.Need("matchLabels")[HashLabel] = hash;
            var metadata = set.Need("metadata");
            metadata["labels"] = template.At("metadata", "labels")!.DeepClone();
            metadata["annotations"] = new JsonObject { [Revision] = Text(LastRevision(sets) + 1) };
            metadata["ownerReferences"] = new JsonArray(stored.AsController());
            set["spec"] = new JsonObject
            {
                ["replicas"] = 0,
                ["selector"] = selector,
                ["template"] = template.DeepClone(),
            };
            set["spec"]!["replicas"] = Plan(deployment, set, sets).GetValueOrDefault(set.Name());
            if (deployment.Int("spec", "minReadySeconds") is { } minReady)
            {
                set["spec"]!["minReadySeconds"] = minReady;
            }

            try
            {
                return Store.Create(Kinds.ReplicaSets, set).Read();
            }
            catch (ApiStatusException taken) when (taken.Reason == "AlreadyExists" && salt < 10)
            {
                // Another deployment's set, or one that is being deleted, has the name.
            }
        }
    }

    // Going back to an earlier template makes its set the newest revision.
    private void MarkRevision(JsonObject current, List<JsonObject> sets)
    {
        var last = LastRevision(sets.Where(set => set != current));
        if (RevisionOf(current) > last)
        {
            return;
        }

        current.Need("metadata").Need("annotations")[Revision] = Text(last + 1);
        Store.EditIfThere(Kinds.ReplicaSets, current.Namespace(), current.Name(), tree =>
        {
            tree.Need("metadata").Need("annotations")[Revision] = Text(last + 1);
            return true;
        });
    }

    private void CopyRevision(StoredObject stored, JsonObject current)
    {
        var revision = Text(RevisionOf(current));
        Store.EditIfThere(Kinds.Deployments, stored.Namespace, stored.Name, tree =>
        {
            if (tree.Str("metadata", "annotations", Revision) == revision)
            {
                return false;
            }

            tree.Need("metadata").Need("annotations")[Revision] = revision;
            return true;
        });
    }

    private void Scale(JsonObject deployment, JsonObject current, List<JsonObject> old)
    {
        var plan = Plan(deployment, current, old);
        foreach (var set in old.Prepend(current))
        {
            if (plan.TryGetValue(set.Name(), out var replicas) && replicas != RolloutPlan.Replicas(set))
            {
                set["spec"]!["replicas"] = replicas;
                Store.EditIfThere(Kinds.ReplicaSets, set.Namespace(), set.Name(), tree =>
                {
                    tree.Need("spec")["replicas"] = replicas;
                    return true;
                });
            }
        }
    }

    private Dictionary<string, long> Plan(JsonObject deployment, JsonObject current, List<JsonObject> old)
    {
        var wanted = RolloutPlan.Replicas(deployment);
        if (deployment.Bool("spec", "paused") is true)
        {
            return old.Exists(set => RolloutPlan.Replicas(set) > 0) ? [] : new() { [current.Name()] = wanted };
        }

        if (deployment.Str("spec", "strategy", "type") != "Recreate")
        {
            return RolloutPlan.Roll(deployment, current, old);
        }

        var plan = old.ToDictionary(set => set.Name(), _ => 0L);
        if (old.TrueForAll(set => RolloutPlan.Replicas(set) == 0 && !HasPods(set)))
        {
            plan[current.Name()] = wanted;
        }

        return plan;
    }

    private bool HasPods(JsonObject set) => Store.List(Kinds.Pods, set.Namespace()).Items.Any(pod => pod.Owners.Any(owner => owner.Uid == set.Uid()));

    private void CleanUp(JsonObject deployment, List<JsonObject> old)
    {
        var keep = deployment.Int("spec", "revisionHistoryLimit") ?? 10;
        var idle = old.Where(set => RolloutPlan.Replicas(set) == 0 && (set.Int("status", "replicas") ?? 0) == 0).OrderBy(RevisionOf).ToList();
        foreach (var set in idle.Take((int)Math.Max(0, idle.Count - keep)))
        {
            Store.DeleteIfThere(Kinds.ReplicaSets, set.Namespace(), set.Name());
        }
    }

    private void Report(StoredObject stored, JsonObject deployment, JsonObject? current)
    {
        var sets = Controlled(Kinds.ReplicaSets, stored).Select(set => set.Read()).ToList();
        current = sets.Find(set => set.Name() == current?.Name());
        DateTimeOffset? deadline = null;
        Store.EditStatus(Kinds.Deployments, stored.Namespace, stored.Name, status =>
            deadline = DeploymentStatus.Write(status, deployment, sets, current, Loop.Now));
        if (deadline is { } at)
        {
            Loop.EnqueueAt(this, stored.Namespace, stored.Name, at);
        }
    }

    private static long RevisionOf(JsonObject set) =>
        long.TryParse(set.Str("metadata", "annotations", Revision), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static long LastRevision(IEnumerable<JsonObject> sets) => sets.Select(RevisionOf).DefaultIfEmpty(0).Max();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
