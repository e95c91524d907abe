using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Follows the objects that works applied: feedback at once or at the next poll, drift at the next re-sync, deletions of owners that wait.</summary>
internal sealed class AppliedObjectWatcher(
    ReconcileLoop loop, SimulatedCluster cluster, WorkIndex index, WorkApplyController apply, WorkStatusController status,
    AppliedWorkController applied, AgentOptions options) : Controller
{
    public override IReadOnlyList<ResourceType>? Watches => null;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        foreach (var (work, watched) in index.WorksOf(changed))
        {
            if (watched)
            {
                loop.Enqueue(status, cluster.Name, work);
            }
            else
            {
                status.PollLater(work, options.StatusSync);
            }

            apply.ResyncLater(work);
        }

        if (happened.Type == WatchEventType.Deleted)
        {
            foreach (var owner in changed.Owners.Where(owner => owner.Kind == Kinds.AppliedManifestWorks.Kind))
            {
                applied.Look(owner.Name);
            }
        }
    }

    public override void Reconcile(string ns, string name)
    {
    }
}
