using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>Third step of fulfilment: a release becomes components.</summary>
internal static class Bundler
{
    /// <summary>
    /// Splits the release's objects (the chart's CRDs first, then the rest in Helm's order; no hooks). Nothing is left out: what no component needs is
    /// among the leftovers.
    /// </summary>
    public static ReleaseBundle Bundle(Guid serviceId, IReadOnlyList<JsonObject> objects, BundleOptions? options = null)
    {
        var workloads = objects.Select(o => Workload.Of(o, options ?? new())).OfType<Workload>().ToList();
        var graph = new ReleaseGraph(objects, workloads);
        var along = workloads.Select(workload => graph.Along(workload.Key)).ToList();
        Adopt(objects, graph, along);

        var keys = objects.Select(ObjectKey.Of).ToList();
        var positions = keys.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var components = workloads
            .Select((workload, index) => new Component(
                ComponentId.Of(serviceId, workload.Key),
                workload.Key,
                [.. along[index].Where(positions.ContainsKey).OrderBy(key => positions[key])],
                workload.Stateful))
            .ToList();
        var taken = components.SelectMany(component => component.Objects).ToHashSet();
        return new(objects, components, [.. keys.Where(key => !taken.Contains(key))]);
    }

    /// <summary>A custom resource that nobody needs goes to the operator that serves it, where the release brings one: its roles name the resource.</summary>
    private static void Adopt(IReadOnlyList<JsonObject> objects, ReleaseGraph graph, List<HashSet<ObjectKey>> along)
    {
        var roles = objects.Where(o => o.Text("kind") is "Role" or "ClusterRole").ToList();
        foreach (var key in objects.Select(ObjectKey.Of).Where(key => Companions.IsAddOn(key.Group) && !along.Exists(component => component.Contains(key))))
        {
            var serving = roles.Where(role => RoleRules.Serves(role, key.Group, RoleRules.PluralsOf(key.Kind))).Select(ObjectKey.Of).ToList();
            foreach (var component in along.Where(component => serving.Exists(component.Contains)))
            {
                component.UnionWith(graph.Along(key));
            }
        }
    }
}
