using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Gives every Ingress the address of the cluster's ingress.</summary>
internal sealed class IngressController(ReconcileLoop loop, SimulatedCluster cluster) : OwnedController(loop, cluster, Kinds.Ingresses)
{
    protected override void Reconcile(StoredObject stored) => Store.EditStatus(Kinds.Ingresses, stored.Namespace, stored.Name, status =>
        status.Need("loadBalancer")["ingress"] = new JsonArray(new JsonObject { ["ip"] = Addresses.LoadBalancer(Cluster.Name) }));
}
