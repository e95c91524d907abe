using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Workloads;

/// <summary>Keeps the service account <c>default</c> and the ConfigMap <c>kube-root-ca.crt</c> in every namespace.</summary>
internal sealed class ServiceAccountController(ReconcileLoop loop, SimulatedCluster cluster) : Controller
{
    private const string Account = "default";
    private const string RootCertificate = "kube-root-ca.crt";

    public override IReadOnlyList<ResourceType> Watches => [Kinds.Namespaces, Kinds.ServiceAccounts, Kinds.ConfigMaps];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.Namespaces ? happened.Type == WatchEventType.Added
            : happened.Type == WatchEventType.Deleted && changed.Name is Account or RootCertificate)
        {
            loop.Enqueue(this, "", changed.Type == Kinds.Namespaces ? changed.Name : changed.Namespace);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (cluster.Store.Find(Kinds.Namespaces, null, name) is not { Deleting: false })
        {
            return;
        }

        cluster.Store.CreateIfMissing(Kinds.ServiceAccounts, Kinds.ServiceAccounts.New(name, Account));
        var certificate = Kinds.ConfigMaps.New(name, RootCertificate);
        certificate["data"] = new JsonObject { ["ca.crt"] = "" };
        cluster.Store.CreateIfMissing(Kinds.ConfigMaps, certificate);
    }
}
