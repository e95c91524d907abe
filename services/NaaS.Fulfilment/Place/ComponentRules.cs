using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Place;

/// <summary>Which rule holds for which component of a release.</summary>
internal sealed class ComponentRules
{
    private readonly PlacementRules rules;
    private readonly PlaceOptions options;
    private readonly PlacementRule? whole;

    /// <summary>Throws <see cref="PlacementException"/> where a rule is for no workload of the release.</summary>
    public ComponentRules(PlacementRules rules, IReadOnlyList<Component> components, PlaceOptions options)
    {
        (this.rules, this.options) = (rules, options);
        var workloads = components.Select(component => component.Workload.Name).ToHashSet();
        if (rules.Workloads.Keys.FirstOrDefault(name => !workloads.Contains(name)) is { } unknown)
        {
            throw new PlacementException($"placement rules name the workload \"{unknown}\"; the release has {string.Join(", ", workloads)}");
        }

        var forWhole = rules.Placements.Keys.Where(name => !workloads.Contains(name)).ToList();
        if (forWhole.Count > 1)
        {
            throw new PlacementException(
                $"Placements {string.Join(" and ", forWhole)} are named after no workload, and only one can hold for the whole release; it has {string.Join(", ", workloads)}");
        }

        whole = forWhole.Count == 1 ? PlacementSpec.Of(rules.Placements[forWhole[0]], options) : null;
    }

    /// <summary>The rule of one component. Throws <see cref="PlacementException"/> where its own filters contradict the global ones.</summary>
    public PlacementRule Of(Component component)
    {
        var name = component.Workload.Name;
        if (rules.Placements.TryGetValue(name, out var own))
        {
            return PlacementSpec.Of(own, options);
        }

        return whole ?? PlacementSpec.Of(rules.ClusterSet ?? options.ClusterSet, rules.Cluster, Filters(name), options);
    }

    private IReadOnlyList<ClusterFilter> Filters(string workload)
    {
        var own = rules.Workloads.GetValueOrDefault(workload, []);
        foreach (var filter in own)
        {
            if (rules.Global.FirstOrDefault(global => global.Key == filter.Key && global.Value != filter.Value) is { } global)
            {
                throw new PlacementException(
                    $"workload \"{workload}\" asks for {filter.Key}={filter.Value}, but {global.Key}={global.Value} holds for all workloads: no cluster can be both");
            }
        }

        // In one order, so that rules that say the same are the same.
        return [.. rules.Global.Concat(own).Distinct().OrderBy(filter => filter.Key, StringComparer.Ordinal)];
    }
}
