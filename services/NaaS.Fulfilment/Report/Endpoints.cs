using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Reconcile;

namespace NaaS.Fulfilment.Report;

/// <summary>Addresses under which a service is reached.</summary>
internal static class Endpoints
{
    /// <summary>Addresses of its Ingresses and Services, the public ones first.</summary>
    public static IReadOnlyList<string> Of(Situation situation, Revision? revision)
    {
        if (revision?.Placed is not { } placed)
        {
            return [];
        }

        var objects = placed.Design.Groups.SelectMany(group => group.Objects.Select(o => (Cluster: placed.Places[group.Name], Object: o)))
            .DistinctBy(entry => (entry.Cluster, ObjectKey.Of(entry.Object))).ToList();
        return
        [
            .. objects.Where(entry => (string?)entry.Object["kind"] == "Ingress").SelectMany(entry => Hosts(entry.Object)),
            .. objects.Where(entry => ObjectKey.Of(entry.Object) is { Group: "", Kind: "Service" }).SelectMany(entry => Ports(situation, entry.Cluster, entry.Object)),
        ];
    }

    private static IEnumerable<string> Hosts(JsonObject ingress)
    {
        var secure = (ingress["spec"]?["tls"] as JsonArray ?? []).SelectMany(tls => tls?["hosts"] as JsonArray ?? []).Select(host => (string?)host).ToHashSet();
        return (ingress["spec"]?["rules"] as JsonArray ?? [])
            .Select(rule => (string?)rule?["host"])
            .OfType<string>()
            .Select(host => $"{(secure.Contains(host) ? "https" : "http")}://{host}/");
    }

    private static IEnumerable<string> Ports(Situation situation, string cluster, JsonObject service)
    {
        var key = ObjectKey.Of(service);
        var status = situation.Works.Where(work => work.Key.Cluster == cluster).Select(work => work.Value?.Objects.GetValueOrDefault(key)).FirstOrDefault(known => known is not null);
        var address = status?.Text("hostname") ?? status?.Text("ip") ?? $"{key.Name}.{key.Namespace}.svc";
        return (service["spec"]?["ports"] as JsonArray ?? []).Select(port => $"{address}:{port?["port"]?.ToJsonString()} ({cluster})");
    }
}
