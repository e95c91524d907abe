using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Keeps a Service's Endpoints and EndpointSlice from the pods that it selects, and gives load balancers an address.</summary>
internal sealed class EndpointsController(ReconcileLoop loop, SimulatedCluster cluster) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [Kinds.Services, Kinds.Pods];

    private ObjectStore Store => cluster.Store;

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.Services)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
            return;
        }

        foreach (var service in Store.List(Kinds.Services, changed.Namespace).Items)
        {
            loop.Enqueue(this, service.Namespace, service.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (Store.Find(Kinds.Services, ns, name) is not { Deleting: false } stored)
        {
            Store.DeleteIfThere(Kinds.Endpoints, ns, name);
            return;
        }

        var service = stored.Read();
        if (service.Str("spec", "type") == "LoadBalancer")
        {
            Store.EditStatus(Kinds.Services, ns, name, status =>
                status.Need("loadBalancer")["ingress"] = new JsonArray(new JsonObject { ["ip"] = Addresses.LoadBalancer(stored.Uid), ["ipMode"] = "VIP" }));
        }

        if (service.Obj("spec", "selector") is { Count: > 0 } selector)
        {
            var wanted = LabelSelector.FromLabels(selector);
            var pods = Store.List(Kinds.Pods, ns).Items.Where(pod => !pod.Deleting && wanted.Matches(pod.Labels)).Select(pod => pod.Read())
                .Where(pod => pod.Str("status", "podIP") is not null && !Pods.IsFinished(pod)).ToList();
            Write(Kinds.Endpoints, EndpointObjects.Endpoints(stored, service, pods));
            Write(Kinds.EndpointSlices, EndpointObjects.Slice(stored, service, pods));
        }
    }

    private void Write(ResourceType type, JsonObject wanted)
    {
        if (Store.Find(type, wanted.Namespace(), wanted.Name()) is null)
        {
            Store.CreateIfMissing(type, wanted);
            return;
        }

        Store.EditIfThere(type, wanted.Namespace(), wanted.Name(), tree =>
        {
            foreach (var field in (string[])["subsets", "endpoints", "ports"])
            {
                tree.Remove(field);
                if (wanted[field] is { } value)
                {
                    tree[field] = value.DeepClone();
                }
            }

            return true;
        });
    }
}
