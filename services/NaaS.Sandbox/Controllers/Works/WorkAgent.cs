using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Controllers.Works.Rights;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>
/// A cluster's work agent: four small controllers over the works in the cluster's namespace on the hub. Applying, reading back and
/// deleting are separate, so that, as in OCM, what is read back may be older than what is applied.
/// </summary>
internal sealed class WorkAgent
{
    private readonly ReconcileLoop _loop;
    private readonly ObjectStore _hub;
    private readonly SimulatedCluster _cluster;
    private readonly WorkIndex _index;
    private readonly WorkApplyController _apply;
    private readonly WorkStatusController _status;
    private readonly WorkDeletionController _deletion;

    public WorkAgent(ReconcileLoop loop, ObjectStore hub, SimulatedCluster cluster, AgentOptions options)
    {
        _loop = loop;
        _hub = hub;
        _cluster = cluster;
        _index = new WorkIndex(options);
        var rights = new AgentRights(cluster, options);
        _status = new WorkStatusController(loop, hub, cluster, rights);
        _apply = new WorkApplyController(loop, hub, cluster, options, rights, _index, _status);
        _deletion = new WorkDeletionController(loop, hub, cluster);
        var applied = new AppliedWorkController(loop, cluster, this);
        OnCluster = [applied, new AppliedObjectWatcher(loop, cluster, _index, _apply, _status, applied, options)];
        cluster.FaultsChanged += LookAtAll;
    }

    public string Cluster => _cluster.Name;

    /// <summary>The controllers that watch the cluster.</summary>
    public IReadOnlyList<Controller> OnCluster { get; }

    /// <summary>Looks at every work, as an agent does when it starts.</summary>
    public void LookAtAll()
    {
        foreach (var work in _hub.List(Kinds.ManifestWorks, Cluster).Items)
        {
            WorkChanged(new WatchEvent(WatchEventType.Added, work.ResourceVersion, work));
        }
    }

    public void WorkChanged(WatchEvent happened)
    {
        var (work, before) = (happened.Object!, happened.Previous);
        if (happened.Type == WatchEventType.Deleted)
        {
            _index.Forget(work.Name);
        }
        else if (happened.Type == WatchEventType.Added || before is null || before.Generation != work.Generation
            || before.Deleting != work.Deleting || before.Finalizers.Count != work.Finalizers.Count || !SameLabels(before, work))
        {
            _apply.StartAfresh(work.Name);
            Look(_status, work.Name);
            Look(work.Deleting ? _deletion : _apply, work.Name);
        }
    }

    /// <summary>The AppliedManifestWork of a work that is being deleted may be gone.</summary>
    public void AppliedWorkGone(string work) => _loop.Enqueue(_deletion, Cluster, work);

    private void Look(Controller controller, string work)
    {
        if (_cluster.Faults.Delay > TimeSpan.Zero)
        {
            _loop.EnqueueAt(controller, Cluster, work, _loop.Now + _cluster.Faults.Delay);
        }
        else
        {
            _loop.Enqueue(controller, Cluster, work);
        }
    }

    private static bool SameLabels(StoredObject a, StoredObject b) =>
        a.Labels.Count == b.Labels.Count && a.Labels.All(pair => b.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
