using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;

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
        if (switched)
        {
            AddLinks(wanted, next);
        }

        foreach (var (cluster, kept) in keep is null ? [] : On(keep))
        {
            Add(wanted, cluster, kept);
        }

        // Last, since a Service that still has its pods here must not give way to a link before the switch.
        AddLinks(wanted, next);
        return wanted.ToDictionary(
            entry => entry.Key, entry => (IReadOnlyList<JsonObject>)[.. ObjectPreparation.Prepare(entry.Value)], StringComparer.Ordinal);
    }

    private static Dictionary<string, List<JsonObject>> On(PlacedDesign placed) =>
        placed.Design.Groups.GroupBy(group => placed.Places[group.Name]).ToDictionary(
            cluster => cluster.Key, cluster => OnCluster(placed, cluster), StringComparer.Ordinal);

    private static void Add(Dictionary<string, List<JsonObject>> wanted, string cluster, IEnumerable<JsonObject> more)
    {
        var present = wanted.TryGetValue(cluster, out var list) ? list : wanted[cluster] = [];
        var keys = present.Select(ObjectKey.Of).ToHashSet();
        present.AddRange(more.Where(o => keys.Add(ObjectKey.Of(o))));
    }

    private static void AddLinks(Dictionary<string, List<JsonObject>> wanted, PlacedDesign placed)
    {
        var links = CrossClusterLinks.Objects(
            placed.Design.Groups,
            placed.Design.Links,
            placed.Places.ToDictionary(place => place.Key, place => (IReadOnlyList<string>)[place.Value], StringComparer.Ordinal));
        foreach (var (cluster, objects) in links)
        {
            Add(wanted, cluster, objects);
        }
    }

    private static List<JsonObject> OnCluster(PlacedDesign placed, IEnumerable<PlacementGroup> groups)
    {
        var design = placed.Design;
        var objects = design.Crds.Concat(groups.SelectMany(group => group.Objects)).DistinctBy(ObjectKey.Of).ToList();
        var used = objects.Select(o => (string?)o["metadata"]?["namespace"]).ToHashSet();
        var namespaces = Namespaces(design).Where(o => used.Contains((string?)o["metadata"]!["name"])).ToList();
        return [.. namespaces, .. objects.Where(o => (string?)o["kind"] != "Namespace")];
    }

    /// <summary>
    /// The namespaces that are the service's own. One goes with each work that needs it, never without need: deleting a work deletes the namespaces that
    /// only it carries, and all in them.
    /// </summary>
    public static IEnumerable<JsonObject> Namespaces(Design design)
    {
        var rendered = design.Groups.SelectMany(group => group.Objects)
            .Where(o => (string?)o["kind"] == "Namespace" && (string?)o["apiVersion"] == "v1" && IsOwn((string?)o["metadata"]?["name"]));
        var own = design.Intent.OwnsNamespace && IsOwn(design.Intent.Namespace)
            ? [new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = design.Intent.Namespace } }]
            : Array.Empty<JsonObject>();
        return rendered.Concat(own).DistinctBy(ObjectKey.Of);

        bool IsOwn(string? name) => name is not (null or "default") && (design.Intent.OwnsNamespace || name != design.Intent.Namespace);
    }
}
