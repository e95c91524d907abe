using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Lets a deleted work go once its AppliedManifestWork, and with it the work's objects, is gone from the cluster.</summary>
internal sealed class WorkDeletionController(ReconcileLoop loop, ObjectStore hub, SimulatedCluster cluster) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [];

    public override void Observe(WatchEvent happened)
    {
    }

    public override void Reconcile(string ns, string name)
    {
        if (cluster.Faults.WorkAgentDown
            || hub.Find(Kinds.ManifestWorks, ns, name) is not { Deleting: true } work
            || !work.Finalizers.Contains(WorkApplyController.Finalizer))
        {
            return;
        }

        hub.EditStatus(Kinds.ManifestWorks, ns, name, status => status.SetCondition(
            new Condition("Deleting", "True", "WorkDeleting", "ManifestWork is being deleted", work.Generation), loop.Now), "work-agent");
        if (AppliedWork.NameOf(name) is { } appliedName && cluster.Reach().Find(Kinds.AppliedManifestWorks, null, appliedName) is { } applied)
        {
            if (!applied.Deleting)
            {
                cluster.Store.DeleteIfThere(Kinds.AppliedManifestWorks, null, appliedName);
            }

            return;
        }

        hub.EditIfThere(Kinds.ManifestWorks, ns, name, tree =>
        {
            var metadata = tree.Need("metadata");
            var left = metadata.Texts("finalizers").Where(text => text != WorkApplyController.Finalizer).ToList();
            metadata["finalizers"] = new JsonArray([.. left.Select(text => JsonValue.Create(text))]);
            return true;
        });
    }
}
