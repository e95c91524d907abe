using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>A release split into components. Every object of the release is in a component or among the leftovers.</summary>
/// <param name="Objects">All objects, in the release's order.</param>
/// <param name="Components">One for each workload, in the release's order.</param>
/// <param name="Leftovers">Objects that no component needs: they go once, with the release's first group.</param>
public sealed record ReleaseBundle(
    IReadOnlyList<JsonObject> Objects, IReadOnlyList<Component> Components, IReadOnlyList<ObjectKey> Leftovers);
