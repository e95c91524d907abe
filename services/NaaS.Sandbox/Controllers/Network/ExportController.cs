using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>Tells the clusterset what this cluster exports, and a ServiceExport whether there is such a Service.</summary>
internal sealed class ExportController(ReconcileLoop loop, SimulatedCluster cluster, Clusterset clusterset) : Controller
{
    public override IReadOnlyList<ResourceType> Watches => [Kinds.ServiceExports, Kinds.Services];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.ServiceExports || happened.Type != WatchEventType.Modified)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        var wanted = cluster.Store.Find(Kinds.ServiceExports, ns, name) is { Deleting: false };
        var service = cluster.Store.Find(Kinds.Services, ns, name)?.Read();
        var valid = service is not null && service.Str("spec", "type") != "ExternalName";
        clusterset.Set(cluster.Name, ns, name, wanted && valid);
        if (wanted)
        {
            cluster.Store.EditStatus(Kinds.ServiceExports, ns, name, status => status.SetCondition(
                valid ? new Condition("Valid", "True", "Valid", "")
                : service is null ? new Condition("Valid", "False", "NoService", $"there is no service {ns}/{name}")
                : new Condition("Valid", "False", "InvalidServiceType", "an ExternalName service cannot be exported"),
                loop.Now));
        }
    }
}
