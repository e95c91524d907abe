using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Deletes the objects of an AppliedManifestWork that is being deleted, and lets it go once they are gone.</summary>
internal sealed class AppliedWorkController(ReconcileLoop loop, SimulatedCluster cluster, WorkAgent agent) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [Kinds.AppliedManifestWorks];

    public override void Observe(WatchEvent happened)
    {
        var applied = happened.Object!;
        if (happened.Type == WatchEventType.Deleted)
        {
            agent.AppliedWorkGone(AppliedWork.WorkOf(applied.Name));
        }
        else if (applied.Deleting)
        {
            Look(applied.Name);
        }
    }

    public void Look(string name) => loop.Enqueue(this, "", name);

    public override void Reconcile(string ns, string name)
    {
        if (cluster.Faults.WorkAgentDown || cluster.Reach().Find(Kinds.AppliedManifestWorks, null, name) is not { Deleting: true } applied)
        {
            return;
        }

        var resources = applied.Read().Items("status", "appliedResources").Select(AppliedResource.Of).ToList();
        var pending = AppliedWork.Delete(cluster.Store, applied, resources);
        if (pending.Count != resources.Count)
        {
            AppliedWork.Write(cluster.Store, name, pending);
        }

        if (pending.Count == 0)
        {
            cluster.Store.EditIfThere(Kinds.AppliedManifestWorks, null, name, tree =>
            {
                var metadata = tree.Need("metadata");
                metadata["finalizers"] = new JsonArray(
                    [.. metadata.Texts("finalizers").Where(text => text != AppliedWork.Finalizer).Select(text => JsonValue.Create(text))]);
                return true;
            });
        }
    }
}
