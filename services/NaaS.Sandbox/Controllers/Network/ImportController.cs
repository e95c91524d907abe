using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>Keeps a ServiceImport for every Service that some cluster exports, wherever its namespace exists (KEP-1645).</summary>
internal sealed class ImportController : Controller
{
    private readonly ReconcileLoop _loop;
    private readonly SimulatedCluster _cluster;
    private readonly Clusterset _clusterset;
    private readonly IReadOnlyDictionary<string, SimulatedCluster> _clusters;

    public ImportController(ReconcileLoop loop, SimulatedCluster cluster, Clusterset clusterset, IReadOnlyDictionary<string, SimulatedCluster> clusters)
    {
        _loop = loop;
        _cluster = cluster;
        _clusterset = clusterset;
        _clusters = clusters;
        clusterset.Changed += (ns, name) =>
        {
            if (cluster.Store.Find(Kinds.Namespaces, null, ns) is not null)
            {
                loop.Enqueue(this, ns, name);
            }
        };
    }

    public override IReadOnlyList<ResourceType> Watches => [Kinds.Namespaces];

    public override void Observe(WatchEvent happened)
    {
        if (happened.Type == WatchEventType.Added)
        {
            foreach (var name in _clusterset.ExportedIn(happened.Object!.Name))
            {
                _loop.Enqueue(this, happened.Object.Name, name);
            }
        }
    }

    public override void Reconcile(string ns, string name)
    {
        var exporters = _clusterset.Exporters(ns, name);
        if (exporters.Count == 0)
        {
            _cluster.Store.DeleteIfThere(Kinds.ServiceImports, ns, name);
            return;
        }

        if (_cluster.Store.Find(Kinds.Namespaces, null, ns) is not { Deleting: false }
            || !_clusters.TryGetValue(exporters[0], out var first) || first.Store.Find(Kinds.Services, ns, name)?.Read() is not { } service)
        {
            return;
        }

        var import = Kinds.ServiceImports.New(ns, name);
        import["spec"] = Spec(service, ns, name);
        _cluster.Store.CreateIfMissing(Kinds.ServiceImports, import);
        _cluster.Store.EditIfThere(Kinds.ServiceImports, ns, name, tree =>
        {
            tree["spec"] = Spec(service, ns, name);
            return true;
        });
        _cluster.Store.EditStatus(Kinds.ServiceImports, ns, name, status =>
            status["clusters"] = new JsonArray([.. exporters.Select(exporter => new JsonObject { ["cluster"] = exporter })]));
    }

    private static JsonObject Spec(JsonObject service, string ns, string name)
    {
        var headless = service.Str("spec", "clusterIP") == "None";
        return new JsonObject
        {
            ["type"] = headless ? "Headless" : "ClusterSetIP",
            ["ips"] = headless ? new JsonArray() : new JsonArray(Route.Global($"{ns}/{name}").ToString()),
            ["ports"] = new JsonArray([.. service.Items("spec", "ports").Select(port =>
            {
                var made = new JsonObject { ["port"] = port.Int("port"), ["protocol"] = port.Str("protocol") ?? "TCP" };
                if (port.Str("name") is { Length: > 0 } called)
                {
                    made["name"] = called;
                }

                return made;
            })]),
        };
    }
}
