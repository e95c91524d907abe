using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>
/// A cluster's registration agent: joins it to the hub and reports claims, capacity, version and health. Its lease is renewed lazily:
/// only when the agent stops is the time of its last renewal written, since nobody asks before.
/// </summary>
internal sealed class RegistrationAgent : Controller
{
    public const string Lease = "managed-cluster-lease";

    private readonly ReconcileLoop _loop;
    private readonly ObjectStore _hub;
    private readonly SimulatedCluster _cluster;
    private readonly AgentOptions _options;
    private bool _joined;

    public RegistrationAgent(ReconcileLoop loop, ObjectStore hub, SimulatedCluster cluster, AgentOptions options)
    {
        _loop = loop;
        _hub = hub;
        _cluster = cluster;
        _options = options;
        cluster.FaultsChanged += Look;
    }

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ClusterClaims, Kinds.Nodes];

    public override void Observe(WatchEvent happened) => Look();

    /// <summary>Reports again.</summary>
    public void Look() => _loop.Enqueue(this, "", _cluster.Name);

    public override void Reconcile(string ns, string name)
    {
        if (_cluster.Faults.LostAt is { } lost)
        {
            RenewLease(lost);
            return;
        }

        if (!_joined)
        {
            _hub.CreateIfMissing(Kinds.ManagedClusters, Joining());
            _joined = true;
        }

        if (_hub.Find(Kinds.Namespaces, null, name) is null)
        {
            // Not accepted yet; the hub makes the namespace when it accepts the cluster, and that is told here.
            return;
        }

        RenewLease(_loop.Now);
        _hub.EditStatus(Kinds.ManagedClusters, null, name, Report);
    }

    private void RenewLease(DateTimeOffset at)
    {
        var lease = Kinds.Leases.New(_cluster.Name, Lease);
        lease.Need("metadata")["labels"] = new JsonObject { ["open-cluster-management.io/cluster-name"] = _cluster.Name };
        lease["spec"] = new JsonObject { ["holderIdentity"] = Lease, ["renewTime"] = Json.MicroTime(at) };
        _hub.CreateIfMissing(Kinds.Leases, lease);
        _hub.EditIfThere(Kinds.Leases, _cluster.Name, Lease, tree =>
        {
            tree.Need("spec")["renewTime"] = Json.MicroTime(at);
            return true;
        });
    }

    private JsonObject Joining()
    {
        var description = _cluster.Description;
        var cluster = Kinds.ManagedClusters.New(null, _cluster.Name);
        var labels = new JsonObject();
        foreach (var (key, value) in description.Labels)
        {
            labels[key] = value;
        }

        labels[ClusterSets.Label] = description.ClusterSet;
        cluster.Need("metadata")["labels"] = labels;
        cluster.Need("metadata")["annotations"] =
            new JsonObject { ["open-cluster-management.io/automatically-accepted-on"] = Json.Time(_loop.Now) };
        cluster["spec"] = new JsonObject
        {
            ["hubAcceptsClient"] = true,
            ["leaseDurationSeconds"] = 60,
        };
        return cluster;
    }

    private void Report(JsonObject status)
    {
        status.SetCondition(new Condition("ManagedClusterConditionClockSynced", "True", "ManagedClusterClockSynced", "The clock of the managed cluster is synced with the hub."), _loop.Now);
        status.SetCondition(new Condition("ManagedClusterJoined", "True", "ManagedClusterJoined", "Managed cluster joined"), _loop.Now);
        if (_cluster.Faults.ApiDownAt is { } down)
        {
            ReportDown(status, down);
            return;
        }

        status.SetCondition(new Condition(ClusterHealth.Available, "True", "ManagedClusterAvailable", "Managed cluster is available"), _loop.Now);
        status["version"] = new JsonObject { ["kubernetes"] = ClusterSetup.KubernetesVersion };
        status["clusterClaims"] = new JsonArray([.. _cluster.Store.List(Kinds.ClusterClaims).Read()
            .Select(claim => new JsonObject { ["name"] = claim.Name(), ["value"] = claim.Str("spec", "value") ?? "" })]);
        status["capacity"] = Sum("capacity");
        status["allocatable"] = Sum("allocatable");
    }

    private void ReportDown(JsonObject status, DateTimeOffset since)
    {
        var noticed = since + _options.HealthCheck;
        if (_loop.Now < noticed)
        {
            _loop.EnqueueAt(this, "", _cluster.Name, noticed);
            return;
        }

        status.SetCondition(
            new Condition(ClusterHealth.Available, "False", "ManagedClusterKubeAPIServerUnavailable",
                $"The kube-apiserver is not ok, status code: 0, {SimulatedCluster.Refused("livez")}"),
            _loop.Now);
    }

    private JsonObject Sum(string what) =>
        (JsonObject?)_cluster.Store.List(Kinds.Nodes).Read().FirstOrDefault().Obj("status", what)?.DeepClone() ?? [];
}
