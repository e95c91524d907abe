using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Workloads;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>
/// Answers whether a pod reaches a host and port, from Services, their ready pods, NetworkPolicies and, between clusters, ServiceExports.
/// Callers from another cluster have an address of the clusterset's own range, as Submariner's Globalnet gives them.
/// </summary>
internal sealed class Reachability(IReadOnlyDictionary<string, SimulatedCluster> clusters)
{
    private const int MostAliases = 5;

    /// <param name="cluster">The caller's cluster.</param>
    /// <param name="ns">The caller's namespace.</param>
    /// <param name="pod">The caller.</param>
    /// <param name="host">Service name in any of its DNS forms, a clusterIP or a pod's address.</param>
    /// <param name="port">The port called.</param>
    public Reach Ask(string cluster, string ns, string pod, string host, int port)
    {
        if (!clusters.TryGetValue(cluster, out var home) || home.Store.Find(Kinds.Pods, ns, pod)?.Read() is not { } caller)
        {
            return new Reach(false, $"there is no pod {ns}/{pod} on {cluster}");
        }

        if (!Pods.IsActive(caller) || caller.Str("status", "podIP") is null)
        {
            return new Reach(false, $"pod {ns}/{pod} does not run");
        }

        return Call(home, caller, host, port, 0);
    }

    private Reach Call(SimulatedCluster home, JsonObject caller, string host, int port, int aliases)
    {
        if (aliases > MostAliases)
        {
            return new Reach(false, $"{host} is an alias of an alias, too many times over");
        }

        if (PodByAddress(home, host) is { } direct)
        {
            return Connect(new Route(home, caller, home, host), [(direct, port)]);
        }

        var name = ServiceName.Parse(host, caller.Namespace());
        if (name is null)
        {
            return ByClusterAddress(home, caller, host, port) ?? new Reach(false, $"{host} does not resolve");
        }

        return name.Clusterset
            ? AcrossClusters(home, caller, name, port)
            : ToService(home, caller, home.Store.Find(Kinds.Services, name.Namespace, name.Name)?.Read(), host, port, aliases);
    }

    private Reach? ByClusterAddress(SimulatedCluster home, JsonObject caller, string host, int port) =>
        home.Store.List(Kinds.Services).Read().FirstOrDefault(service => service.Str("spec", "clusterIP") == host) is { } found
            ? ToService(home, caller, found, host, port, 0) : null;

    private Reach ToService(SimulatedCluster home, JsonObject caller, JsonObject? service, string host, int port, int aliases)
    {
        if (service is null)
        {
            return new Reach(false, $"{host} does not resolve: there is no such service on {home.Name}");
        }

        return service.Str("spec", "type") == "ExternalName"
            ? Call(home, caller, service.Str("spec", "externalName") ?? "", port, aliases + 1)
            : Connect(new Route(home, caller, home, host), Endpoints(home, service, port), NoEndpoint(service, port, home));
    }

    // A service exported by several clusters is answered by any of them, the caller's own first.
    private Reach AcrossClusters(SimulatedCluster home, JsonObject caller, ServiceName name, int port)
    {
        var exporters = clusters.Values.Where(cluster => cluster.Store.Find(Kinds.ServiceExports, name.Namespace, name.Name) is { Deleting: false })
            .OrderBy(cluster => cluster != home).ThenBy(cluster => cluster.Name, StringComparer.Ordinal).ToList();
        var answer = new Reach(false, $"no cluster exports {name.Namespace}/{name.Name}");
        foreach (var exporter in exporters)
        {
            answer = exporter.Store.Find(Kinds.Services, name.Namespace, name.Name)?.Read() is { } service && service.Str("spec", "type") != "ExternalName"
                ? Connect(new Route(home, caller, exporter, name.ToString()), Endpoints(exporter, service, port), NoEndpoint(service, port, exporter))
                : new Reach(false, $"{exporter.Name} exports {name.Namespace}/{name.Name} but has no such service");
            if (answer.Allowed)
            {
                break;
            }
        }

        return answer;
    }

    private static Reach Connect(Route route, IReadOnlyList<(JsonObject Pod, long Port)> targets, string? nobody = null)
    {
        var answer = new Reach(false, nobody ?? "nobody answers");
        foreach (var (pod, port) in targets)
        {
            answer = Policies.Judge(route, pod, port);
            if (answer.Allowed)
            {
                break;
            }
        }

        return answer;
    }

    private static List<(JsonObject Pod, long Port)> Endpoints(SimulatedCluster cluster, JsonObject service, int port)
    {
        var wanted = service.Items("spec", "ports").FirstOrDefault(candidate => candidate.Int("port") == port);
        if (wanted is null || service.Obj("spec", "selector") is not { Count: > 0 } selector)
        {
            return [];
        }

        var labels = LabelSelector.FromLabels(selector);
        return
        [
            .. cluster.Store.List(Kinds.Pods, service.Namespace()).Items.Where(pod => labels.Matches(pod.Labels)).Select(pod => pod.Read())
                .Where(Pods.IsReady).Select(pod => (pod, EndpointObjects.TargetPort(wanted, pod))).Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.pod, pair.Item2!.Value)),
        ];
    }

    private static string NoEndpoint(JsonObject service, int port, SimulatedCluster cluster) =>
        service.Items("spec", "ports").All(candidate => candidate.Int("port") != port)
            ? $"service {service.Namespace()}/{service.Name()} on {cluster.Name} has no port {port}"
            : $"service {service.Namespace()}/{service.Name()} on {cluster.Name} has no ready pod";

    private static JsonObject? PodByAddress(SimulatedCluster home, string host) => System.Net.IPAddress.TryParse(host, out _)
        ? home.Store.List(Kinds.Pods).Read().FirstOrDefault(pod => pod.Str("status", "podIP") == host && Pods.IsReady(pod)) : null;
}
