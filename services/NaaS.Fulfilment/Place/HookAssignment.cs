using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Place;

/// <summary>Decides where hooks run.</summary>
internal static class HookAssignment
{
    /// <summary>
    /// Hooks by group name, in the order in which they run. A hook runs with the group that shares most of its objects, else with the first; an object
    /// that a hook brings and components of several groups need goes to each of them.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ReleaseHook>> Assign(
        ReleaseBundle bundle, IReadOnlyList<ReleaseHook> hooks, IReadOnlyList<PlacementGroup> groups, BundleOptions? options = null)
    {
        var workloads = bundle.Objects.Concat(hooks.Select(hook => hook.Object)).Select(o => Workload.Of(o, options ?? new())).OfType<Workload>().ToList();
        var graph = new ReleaseGraph([.. bundle.Objects, .. hooks.Select(hook => hook.Object)], workloads);
        var runners = hooks
            .Select(hook => ObjectKey.Of(hook.Object))
            .Where(key => workloads.Exists(workload => workload.Key == key))
            .Select(key => (Along: graph.Along(key), Group: GroupSharing(graph.Along(key), groups)))
            .ToList();
        var needed = groups
            .Select(group => (Along: group.Components.SelectMany(component => graph.Along(component.Workload)).ToHashSet(), Group: group))
            .Concat(runners)
            .ToList();
        return hooks
            .SelectMany(hook => needed
                .Where(place => place.Along.Contains(ObjectKey.Of(hook.Object)))
                .Select(place => place.Group.Name)
                .DefaultIfEmpty(groups[0].Name)
                .Distinct(), (hook, group) => (Hook: hook, Group: group))
            .GroupBy(placed => placed.Group)
            .ToDictionary(placed => placed.Key, placed => (IReadOnlyList<ReleaseHook>)[.. placed.Select(one => one.Hook)]);
    }

    private static PlacementGroup GroupSharing(HashSet<ObjectKey> along, IReadOnlyList<PlacementGroup> groups) =>
        groups.MaxBy(group => group.Components.SelectMany(component => component.Objects).Distinct().Count(key => key.Kind != "Namespace" && along.Contains(key)))!;
}
