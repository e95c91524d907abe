using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Place;

/// <summary>Keeps links between components on different clusters, with the Multi-Cluster Services API (multicluster.x-k8s.io).</summary>
internal static class CrossClusterLinks
{
    /// <summary>
    /// Objects to add on each cluster (by cluster name): a ServiceExport where the pods are, and on the caller's cluster an ExternalName Service of the
    /// same name to <c>SERVICE.NAMESPACE.svc.clusterset.local</c>. An added object replaces one of the same key that a group brings there.
    /// </summary>
    /// <param name="groups">The groups.</param>
    /// <param name="links">The links between their components.</param>
    /// <param name="clusters">Clusters by group name; several while a group moves, none before it is placed.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Objects(
        IReadOnlyList<PlacementGroup> groups,
        IReadOnlyList<ComponentLink> links,
        IReadOnlyDictionary<string, IReadOnlyList<string>> clusters)
    {
        var services = groups.SelectMany(group => group.Objects).DistinctBy(ObjectKey.Of).ToDictionary(ObjectKey.Of);
        return Cuts(groups, links, clusters)
            .SelectMany(cut => cut.Targets
                .Select(cluster => (Cluster: cluster, Object: Export(cut.Service)))
                .Concat(cut.Callers.Select(cluster => (Cluster: cluster, Object: Import(cut.Service, services.GetValueOrDefault(cut.Service))))))
            .GroupBy(added => added.Cluster)
            .ToDictionary(
                added => added.Key,
                added => (IReadOnlyList<JsonObject>)
                [
                    .. added.Select(one => one.Object).DistinctBy(ObjectKey.Of).OrderBy(o => ObjectKey.Of(o).ToString(), StringComparer.Ordinal),
                ]);
    }

    /// <summary>Links with a caller on a cluster where the Service has no pods: what is cut where clusters offer no Multi-Cluster Services.</summary>
    public static IReadOnlyList<ComponentLink> Crossing(
        IReadOnlyList<PlacementGroup> groups,
        IReadOnlyList<ComponentLink> links,
        IReadOnlyDictionary<string, IReadOnlyList<string>> clusters) => [.. Cuts(groups, links, clusters).SelectMany(cut => cut.Links)];

    private static IEnumerable<Cut> Cuts(
        IReadOnlyList<PlacementGroup> groups, IReadOnlyList<ComponentLink> links, IReadOnlyDictionary<string, IReadOnlyList<string>> clusters)
    {
        var places = groups
            .SelectMany(group => group.Components, (group, component) => (component.Id, Clusters: clusters.GetValueOrDefault(group.Name, [])))
            .ToDictionary(place => place.Id, place => place.Clusters);
        foreach (var call in links.GroupBy(link => (link.From, link.Service)))
        {
            IReadOnlyList<string> targets = [.. call.SelectMany(link => places.GetValueOrDefault(link.To, [])).Distinct()];
            IReadOnlyList<string> callers = [.. places.GetValueOrDefault(call.Key.From, []).Except(targets)];
            if (targets.Count > 0 && callers.Count > 0)
            {
                yield return new(call.Key.Service, callers, targets, [.. call]);
            }
        }
    }

    private static JsonObject Export(ObjectKey service) => new()
    {
        ["apiVersion"] = "multicluster.x-k8s.io/v1alpha1",
        ["kind"] = "ServiceExport",
        ["metadata"] = new JsonObject { ["name"] = service.Name, ["namespace"] = service.Namespace },
    };

    private static JsonObject Import(ObjectKey service, JsonObject? original)
    {
        var spec = new JsonObject { ["type"] = "ExternalName", ["externalName"] = $"{service.Name}.{service.Namespace}.svc.clusterset.local" };
        var ports = original.Maps("spec", "ports").Select(Port).ToArray<JsonNode>();
        if (ports.Length > 0)
        {
            spec["ports"] = new JsonArray(ports);
        }

        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = new JsonObject { ["name"] = service.Name, ["namespace"] = service.Namespace },
            ["spec"] = spec,
        };
    }

    private static JsonObject Port(JsonObject port)
    {
        var copy = (JsonObject)port.DeepClone();
        copy.Remove("nodePort");
        return copy;
    }

    private sealed record Cut(ObjectKey Service, IReadOnlyList<string> Callers, IReadOnlyList<string> Targets, IReadOnlyList<ComponentLink> Links);
}
