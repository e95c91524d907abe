using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Clusters;

/// <summary>The hub's side of a ManagedCluster: acceptance, namespace, lease, taints, and detaching.</summary>
internal sealed class ClusterController(
    ReconcileLoop loop, ObjectStore hub, IReadOnlyDictionary<string, SimulatedCluster> simulated, AgentOptions options) : Controller
{
    private static readonly string[] Finalizers =
        ["cluster.open-cluster-management.io/resource-cleanup", "cluster.open-cluster-management.io/api-resource-cleanup"];

    public override IReadOnlyList<ResourceType> Watches => [Kinds.ManagedClusters, Kinds.Leases, Kinds.ManifestWorks];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.ManagedClusters)
        {
            loop.Enqueue(this, "", changed.Name);
        }
        else if (changed.Type == Kinds.Leases ? changed.Name == RegistrationAgent.Lease : happened.Type == WatchEventType.Deleted)
        {
            loop.Enqueue(this, "", changed.Namespace);
        }
    }

    /// <summary>Looks after the cluster: its agent has stopped or is back. OCM asks all leases every few seconds instead.</summary>
    public void Look(string cluster) => loop.Enqueue(this, "", cluster);

    public override void Reconcile(string ns, string name)
    {
        if (hub.Find(Kinds.ManagedClusters, null, name) is not { } found)
        {
            return;
        }

        if (found.Deleting)
        {
            Detach(found);
            return;
        }

        var accepted = found.Read().Bool("spec", "hubAcceptsClient") is true;
        hub.EditIfThere(Kinds.ManagedClusters, null, name, cluster => Complete(cluster));
        hub.EditStatus(Kinds.ManagedClusters, null, name, status => Judge(name, accepted, status));
        if (accepted)
        {
            var space = Kinds.Namespaces.New(null, name);
            space.Need("metadata")["labels"] = new JsonObject { ["open-cluster-management.io/cluster-name"] = name };
            hub.CreateIfMissing(Kinds.Namespaces, space);
        }
    }

    private bool Complete(JsonObject cluster)
    {
        var changed = ClusterHealth.Taint(cluster, loop.Now);
        var metadata = cluster.Need("metadata");
        var labels = metadata.Need("labels");
        if (labels.Str(ClusterSets.Label) is null)
        {
            labels[ClusterSets.Label] = "default";
            changed = true;
        }

        var finalizers = metadata.Texts("finalizers");
        if (Finalizers.Except(finalizers).Any())
        {
            metadata["finalizers"] = new JsonArray([.. Finalizers.Union(finalizers).Select(finalizer => JsonValue.Create(finalizer))]);
            changed = true;
        }

        return changed;
    }

    private void Judge(string name, bool accepted, JsonObject status)
    {
        if (accepted)
        {
            status.SetCondition(new Condition("HubAcceptedManagedCluster", "True", "HubClusterAdminAccepted", "Accepted by hub cluster admin"), loop.Now);
        }
        else if (hub.List(Kinds.ManifestWorks, name).Items.Count == 0)
        {
            status.SetCondition(new Condition("HubAcceptedManagedCluster", "False", "HubClusterAdminDenied", "Denied by hub cluster admin"), loop.Now);
        }

        if (!simulated.TryGetValue(name, out var cluster) || cluster.Faults.LostAt is not { } lost)
        {
            return;
        }

        var grace = options.LeaseGrace ?? TimeSpan.FromSeconds(5 * (hub.Get(Kinds.ManagedClusters, null, name).Read().Int("spec", "leaseDurationSeconds") ?? 60));
        if (loop.Now < lost + grace)
        {
            loop.EnqueueAt(this, "", name, lost + grace);
            return;
        }

        status.SetCondition(new Condition(ClusterHealth.Available, "Unknown", "ManagedClusterLeaseUpdateStopped", "Registration agent stopped updating its lease."), loop.Now);
    }

    // The works go first; while their agent does not answer, the cluster stays.
    private void Detach(StoredObject cluster)
    {
        var works = hub.List(Kinds.ManifestWorks, cluster.Name).Items;
        foreach (var work in works.Where(work => !work.Deleting))
        {
            hub.DeleteIfThere(Kinds.ManifestWorks, work.Namespace, work.Name);
        }

        works = hub.List(Kinds.ManifestWorks, cluster.Name).Items;
        var pending = works.Count(work => work.Finalizers.Count > 0);
        hub.EditStatus(Kinds.ManagedClusters, null, cluster.Name, status => status.SetCondition(
            works.Count > 0
                ? new Condition("Deleting", "False", "ResourceRemaining",
                    $"The resource manifestworks is remaning, the remaining count is {works.Count}, the finalizer pending count is {pending}")
                : new Condition("Deleting", "True", "NoResource", "No cleaned resource in cluster ns."),
            loop.Now));
        if (works.Count == 0)
        {
            hub.EditIfThere(Kinds.ManagedClusters, null, cluster.Name, tree =>
            {
                var metadata = tree.Need("metadata");
                metadata["finalizers"] = new JsonArray([.. metadata.Texts("finalizers").Except(Finalizers).Select(f => JsonValue.Create(f))]);
                return true;
            });
        }
    }
}
