using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>Keeps each ManagedClusterSetBinding's condition Bound.</summary>
internal sealed class ClusterSetBindingController(ReconcileLoop loop, ObjectStore hub) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManagedClusterSetBindings, Kinds.ManagedClusterSets];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.ManagedClusterSetBindings)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
        }
        else if (happened.Type != WatchEventType.Modified)
        {
            foreach (var binding in hub.List(Kinds.ManagedClusterSetBindings).Items.Where(binding => binding.Name == changed.Name))
            {
                loop.Enqueue(this, binding.Namespace, binding.Name);
            }
        }
    }

    public override void Reconcile(string ns, string name)
    {
        var condition = hub.Find(Kinds.ManagedClusterSets, null, name) is null
            ? new Condition("Bound", "False", "ClusterSetNotFound", "")
            : new Condition("Bound", "True", "ClusterSetBound", "");
        hub.EditStatus(Kinds.ManagedClusterSetBindings, ns, name, status => status.SetCondition(condition, loop.Now));
    }
}
