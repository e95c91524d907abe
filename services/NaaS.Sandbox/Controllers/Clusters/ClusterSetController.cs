using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>Keeps the sets <c>default</c> and <c>global</c>, and each set's condition ClusterSetEmpty.</summary>
internal sealed class ClusterSetController : Controller
{
    private readonly ReconcileLoop _loop;
    private readonly ObjectStore _hub;

    public ClusterSetController(ReconcileLoop loop, ObjectStore hub)
    {
        _loop = loop;
        _hub = hub;
        loop.Enqueue(this, "", "default");
        loop.Enqueue(this, "", "global");
    }

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManagedClusterSets, Kinds.ManagedClusters];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.ManagedClusterSets)
        {
            _loop.Enqueue(this, "", changed.Name);
        }
        else if (happened.Type != WatchEventType.Modified || !LabelsEqual(changed, happened.Previous!) || changed.Deleting)
        {
            foreach (var set in _hub.List(Kinds.ManagedClusterSets).Items)
            {
                _loop.Enqueue(this, "", set.Name);
            }
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (_hub.Find(Kinds.ManagedClusterSets, null, name) is not { } found)
        {
            if (name is "default" or "global")
            {
                _hub.CreateIfMissing(Kinds.ManagedClusterSets, BuiltIn(name));
            }

            return;
        }

        var set = found.Read();
        var count = _hub.List(Kinds.ManagedClusters).Items.Count(cluster => !cluster.Deleting && ClusterSets.Contains(set, cluster.Labels));
        var condition = count == 0
            ? new Condition("ClusterSetEmpty", "True", "NoClusterMatched", "No ManagedCluster selected")
            : new Condition("ClusterSetEmpty", "False", "ClustersSelected", $"{count} ManagedClusters selected");
        _hub.EditStatus(Kinds.ManagedClusterSets, null, name, status => status.SetCondition(condition, _loop.Now));
    }

    private static bool LabelsEqual(StoredObject a, StoredObject b) =>
        a.Labels.Count == b.Labels.Count && a.Labels.All(pair => b.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static JsonObject BuiltIn(string name)
    {
        var set = Kinds.ManagedClusterSets.New(null, name);
        set["spec"] = new JsonObject
        {
            ["clusterSelector"] = name == "global"
                ? new JsonObject { ["selectorType"] = "LabelSelector", ["labelSelector"] = new JsonObject() }
                : new JsonObject { ["selectorType"] = "ExclusiveClusterSetLabel" },
        };
        return set;
    }
}
