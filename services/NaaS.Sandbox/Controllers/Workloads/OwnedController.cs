using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>A controller of one kind that also hears of the objects which that kind controls.</summary>
internal abstract class OwnedController(ReconcileLoop loop, SimulatedCluster cluster, ResourceType kind, params ResourceType[] controlled) : Controller
{
    public override IReadOnlyList<ResourceType> Watches { get; } = [kind, .. controlled];

    protected ReconcileLoop Loop { get; } = loop;

    protected SimulatedCluster Cluster { get; } = cluster;

    protected ObjectStore Store => Cluster.Store;

    protected ResourceType Kind { get; } = kind;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kind)
        {
            if (happened.Type != WatchEventType.Deleted && WantsChanged(happened))
            {
                Loop.Enqueue(this, changed.Namespace, changed.Name);
            }

            return;
        }

        foreach (var owner in changed.Owners.Where(owner => owner.Controller && owner.Kind == Kind.Kind))
        {
            Loop.Enqueue(this, changed.Namespace, owner.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kind, ns, name) is { Deleting: false } found)
        {
            Reconcile(found);
        }
    }

    protected abstract void Reconcile(StoredObject stored);

    /// <summary>The objects of a kind that this one controls.</summary>
    protected List<StoredObject> Controlled(ResourceType kind, StoredObject owner) =>
        [.. Store.List(kind, owner.Namespace).Items.Where(candidate => candidate.Owners.Any(reference => reference.Controller && reference.Uid == owner.Uid))];

    // The controller's own status writes need no answer.
    private static bool WantsChanged(WatchEvent happened) =>
        happened.Previous is not { } before || before.Generation != happened.Object!.Generation || before.Deleting != happened.Object.Deleting
        || !happened.Object.Type.HasGeneration;
}
