using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Place;

/// <summary>Components with the same placement rules: they stay together on one cluster.</summary>
/// <param name="Name">Stable within the service: a DNS label made from the first workload's name and kept while that component stays in the group.</param>
/// <param name="Rule">Which clusters may take it.</param>
/// <param name="Components">The components, in the release's order.</param>
/// <param name="Objects">Every object that goes where the group goes, shared ones included, in the release's order.</param>
public sealed record PlacementGroup(
    string Name, PlacementRule Rule, IReadOnlyList<Component> Components, IReadOnlyList<JsonObject> Objects)
{
    /// <summary>Whether a component keeps data that does not move by itself (StatefulSet or claim).</summary>
    public bool Stateful => Components.Any(component => component.Stateful);
}

/// <summary>The spec of the OCM <c>Placement</c> of a group.</summary>
/// <param name="Spec">Placement spec, cluster.open-cluster-management.io/v1beta1.</param>
/// <param name="Digest">Short digest of <paramref name="Spec"/>, part of the Placement's name since Placements are immutable to us.</param>
public sealed record PlacementRule(JsonObject Spec, string Digest);
