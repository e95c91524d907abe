using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Deliver;

/// <summary>Decides which objects belong on which cluster.</summary>
internal static class DesiredObjects
{
    /// <summary>
    /// Objects by cluster: those of <paramref name="next"/>, and those of <paramref name="keep"/> that nothing replaces where they are. A group that moves
    /// is thus on both clusters, and what a change removes stays, until there is nothing left to keep.
    /// </summary>
    /// <param name="next">What is wanted.</param>
    /// <param name="keep">What stays beside it.</param>
    /// <param name="switched">Whether callers are led to where groups are in <paramref name="next"/>, although the old ones still run.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Of(PlacedDesign next, PlacedDesign? keep, bool switched = false)
    {
        var wanted = On(next);
        var kept = keep is null ? [] : On(keep);
        if (!switched && keep is not null)
        {
            // Until the new places are ready, callers reach what they reach now.
            HoldLinks(wanted, kept, [.. LinkKeys(next), .. LinkKeys(keep)]);
        }

        // Helm is told of what holds: of the new release only when nothing of the old one is kept any more.
        var told = keep ?? next;
        foreach (var (cluster, objects) in keep is null ? wanted : kept)
        {
            objects.AddRange(HelmRecord.SecretsFor(told, cluster, objects));
        }

        foreach (var (cluster, objects) in kept)
        {
            Add(wanted, cluster, objects);
        }

        return wanted.ToDictionary(
            entry => entry.Key, entry => (IReadOnlyList<JsonObject>)[.. ObjectPreparation.Prepare(entry.Value)], StringComparer.Ordinal);
    }

    private static void HoldLinks(
        Dictionary<string, List<JsonObject>> wanted, Dictionary<string, List<JsonObject>> kept, HashSet<(string Cluster, ObjectKey Key)> links)
    {
        foreach (var (cluster, objects) in wanted)
        {
            var now = kept.GetValueOrDefault(cluster, []).DistinctBy(ObjectKey.Of).ToDictionary(ObjectKey.Of);
            objects.RemoveAll(o => links.Contains((cluster, ObjectKey.Of(o))) && now.ContainsKey(ObjectKey.Of(o)));
        }
    }

    private static Dictionary<string, List<JsonObject>> On(PlacedDesign placed)
    {
        var links = Links(placed);
        return placed.Design.Groups.GroupBy(group => placed.Places[group.Name]).ToDictionary(
            cluster => cluster.Key,
            cluster => OnCluster(placed, cluster, links.GetValueOrDefault(cluster.Key, [])),
            StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, List<JsonObject>> wanted, string cluster, IEnumerable<JsonObject> more)
    {
        var present = wanted.TryGetValue(cluster, out var list) ? list : wanted[cluster] = [];
        var keys = present.Select(ObjectKey.Of).ToHashSet();
        present.AddRange(more.Where(o => keys.Add(ObjectKey.Of(o))));
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Links(PlacedDesign placed) =>
        CrossClusterLinks.Objects(
            placed.Design.Groups,
            placed.Design.LinkPolicy == LinkPolicy.Kept ? placed.Design.Links : [],
            placed.Places.ToDictionary(place => place.Key, place => (IReadOnlyList<string>)[place.Value], StringComparer.Ordinal));

    private static IEnumerable<(string Cluster, ObjectKey Key)> LinkKeys(PlacedDesign placed) =>
        Links(placed).SelectMany(cluster => cluster.Value.Select(o => (cluster.Key, ObjectKey.Of(o))));

    // A link takes the place of a Service whose pods are elsewhere.
    private static List<JsonObject> OnCluster(PlacedDesign placed, IEnumerable<PlacementGroup> groups, IEnumerable<JsonObject> links)
    {
        var design = placed.Design;
        var objects = links.Concat(design.Crds).Concat(groups.SelectMany(group => group.Objects)).DistinctBy(ObjectKey.Of).ToList();
        var used = objects.Select(o => (string?)o["metadata"]?["namespace"]).ToHashSet();
        var namespaces = Namespaces(design).Where(o => used.Contains((string?)o["metadata"]!["name"]) || WorkBuilder.IsKept(o)).ToList();
        return [.. namespaces, .. objects.Where(o => (string?)o["kind"] != "Namespace")];
    }

    /// <summary>
    /// The release's namespace and those that the chart makes. One goes with each work that needs it, never without need: deleting a work deletes the
    /// namespaces that only it carries, and all in them. A namespace that the order named may hold what is not the service's: it is made where it is
    /// missing, stands in all works of the service, so that it never leaves one that stays, and is kept when they go.
    /// </summary>
    public static IEnumerable<JsonObject> Namespaces(Design design)
    {
        var intent = design.Intent;
        var rendered = design.Groups.SelectMany(group => group.Objects)
            .Where(o => (string?)o["kind"] == "Namespace" && (string?)o["apiVersion"] == "v1")
            .Where(o => (string?)o["metadata"]?["name"] is { } name && name != "default" && (intent.OwnsNamespace || name != intent.Namespace));
        return intent.Namespace == "default" ? rendered.DistinctBy(ObjectKey.Of) : rendered.Append(Namespace(intent)).DistinctBy(ObjectKey.Of);
    }

    private static JsonObject Namespace(DeploymentIntent intent)
    {
        var metadata = new JsonObject { ["name"] = intent.Namespace };
        if (!intent.OwnsNamespace)
        {
            metadata["annotations"] = new JsonObject { [WorkBuilder.KeepPolicy] = "keep" };
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = metadata };
    }
}
