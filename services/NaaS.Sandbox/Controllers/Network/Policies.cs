using System.Net;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Network;

/// <summary>What NetworkPolicies say: the caller's for leaving, the called pod's for entering.</summary>
internal static class Policies
{
    public static Reach Judge(Route route, JsonObject pod, long port)
    {
        var leaving = Selecting(route.Home, route.Caller, "Egress");
        if (leaving.Count > 0 && !leaving.Exists(policy => Admits(policy, "egress", "to", Peer.Called(route, pod), pod, port)))
        {
            return new Reach(false, $"network policy {Names(leaving)} does not let {Who(route.Caller)} out to {Who(pod)} port {port}");
        }

        var entering = Selecting(route.There, pod, "Ingress");
        return entering.Count > 0 && !entering.Exists(policy => Admits(policy, "ingress", "from", Peer.Calling(route), pod, port))
            ? new Reach(false, $"network policy {Names(entering)} does not admit {Who(route.Caller)} to {Who(pod)} port {port}")
            : new Reach(true, $"{Who(pod)} on {route.There.Name} answers on port {port}");
    }

    private static List<JsonObject> Selecting(SimulatedCluster cluster, JsonObject pod, string direction) =>
    [
        .. cluster.Store.List(Kinds.NetworkPolicies, pod.Namespace()).Read().Where(policy => Types(policy).Contains(direction)
            && LabelSelector.From(policy.Obj("spec", "podSelector") ?? [])!.Matches(pod.Labels())),
    ];

    // Without policyTypes a policy speaks of Ingress, and of Egress if it has egress rules.
    private static IReadOnlyList<string> Types(JsonObject policy) => policy.Arr("spec", "policyTypes") is { Count: > 0 }
        ? policy.Texts("spec", "policyTypes")
        : policy.Arr("spec", "egress") is { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"];

    private static bool Admits(JsonObject policy, string direction, string list, Peer peer, JsonObject target, long port) =>
        policy.Items("spec", direction).Any(rule =>
            (rule.Arr("ports") is not { Count: > 0 } ports || ports.Any(candidate => IsPort(candidate, target, port)))
            && (rule.Arr(list) is not { Count: > 0 } peers || peers.Any(candidate => peer.Is(candidate, policy.Namespace()))));

    private static bool IsPort(JsonNode? rule, JsonObject target, long port)
    {
        if ((rule.Str("protocol") ?? "TCP") != "TCP")
        {
            return false;
        }

        if (rule.Int("port") is { } first)
        {
            return port >= first && port <= (rule.Int("endPort") ?? first);
        }

        return rule.Str("port") is not { } name || target.Items("spec", "containers").SelectMany(container => container.Items("ports"))
            .Any(candidate => candidate.Str("name") == name && candidate.Int("containerPort") == port);
    }

    private static string Names(List<JsonObject> policies) => string.Join(", ", policies.Select(Who));

    private static string Who(JsonObject item) => $"{item.Namespace()}/{item.Name()}";

    /// <summary>The other end of a connection as a policy sees it: a pod of its own cluster, or only an address.</summary>
    private sealed record Peer(JsonObject? Pod, SimulatedCluster Cluster, IPAddress Address)
    {
        public static Peer Calling(Route route) => new(route.IsLocal ? route.Caller : null, route.There, route.Source);

        public static Peer Called(Route route, JsonObject pod) => new(route.IsLocal ? pod : null, route.Home, route.Destination(pod));

        public bool Is(JsonNode? rule, string policyNamespace)
        {
            if (rule.Obj("ipBlock") is { } block)
            {
                return IsIn(block.Str("cidr")) && !block.Texts("except").Any(IsIn);
            }

            if (Pod is null)
            {
                return false;
            }

            var inNamespace = rule.Obj("namespaceSelector") is { } spaces
                ? LabelSelector.From(spaces)!.Matches(Cluster.Store.Find(Kinds.Namespaces, null, Pod.Namespace())?.Labels ?? new Dictionary<string, string>())
                : Pod.Namespace() == policyNamespace;
            return inNamespace && (rule.Obj("podSelector") is not { } pods || LabelSelector.From(pods)!.Matches(Pod.Labels()));
        }

        private bool IsIn(string? cidr) => IPNetwork.TryParse(cidr, out var network) && network.Contains(Address);
    }
}
