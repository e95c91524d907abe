using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Place;

/// <summary>Fourth step of fulfilment, the rules: components with the same rules become a group.</summary>
internal static class Grouper
{
    /// <summary>
    /// The groups, in the release's order; leftovers go with the first. Throws <see cref="PlacementException"/> where the rules name a workload that
    /// the release does not have, contradict each other, or the release has no workload.
    /// </summary>
    /// <param name="bundle">The release in components.</param>
    /// <param name="rules">The service's placement rules.</param>
    /// <param name="known">Group names of the revision before, by component id: a name stays while its components stay together.</param>
    /// <param name="options">How rules become Placements.</param>
    public static IReadOnlyList<PlacementGroup> Group(
        ReleaseBundle bundle, PlacementRules rules, IReadOnlyDictionary<Guid, string> known, PlaceOptions options)
    {
        if (bundle.Components.Count == 0)
        {
            throw new PlacementException("the chart renders no workload, so there is nothing to place");
        }

        var componentRules = new ComponentRules(rules, bundle.Components, options);
        var parts = bundle.Components
            .Select(component => (Component: component, Rule: componentRules.Of(component)))
            .GroupBy(part => part.Rule.Digest)
            .Select(part => (part.First().Rule, Components: (IReadOnlyList<Component>)[.. part.Select(one => one.Component)]))
            .ToList();
        var names = GroupNames.Of([.. parts.Select(part => part.Components)], known);
        var objects = bundle.Objects.Select(o => (Key: ObjectKey.Of(o), Object: o)).ToList();
        return
        [
            .. parts.Select((part, index) =>
            {
                var keys = part.Components.SelectMany(component => component.Objects).Concat(index == 0 ? bundle.Leftovers : []).ToHashSet();
                return new PlacementGroup(names[index], part.Rule, part.Components, [.. objects.Where(o => keys.Contains(o.Key)).Select(o => o.Object)]);
            }),
        ];
    }
}
