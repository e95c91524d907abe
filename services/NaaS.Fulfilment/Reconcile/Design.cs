using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>What a revision delivers: translated, rendered, bundled and grouped, not yet placed. Objects are shared and must not be changed.</summary>
internal sealed record Design
{
    /// <summary>What was asked for.</summary>
    public required DeploymentIntent Intent { get; init; }

    /// <summary>Resolved chart version.</summary>
    public required string ChartVersion { get; init; }

    /// <summary>Digest of the chart archive.</summary>
    public required string ChartDigest { get; init; }

    /// <summary>Digest of all that was rendered.</summary>
    public required string Digest { get; init; }

    /// <summary>The groups, in the release's order.</summary>
    public required IReadOnlyList<PlacementGroup> Groups { get; init; }

    /// <summary>Links between components.</summary>
    public IReadOnlyList<ComponentLink> Links { get; init; } = [];

    /// <summary>What becomes of links between clusters.</summary>
    public LinkPolicy LinkPolicy { get; init; }

    /// <summary>What Helm is told of the release on its clusters; null where it is told nothing.</summary>
    public HelmRecord? Helm { get; init; }

    /// <summary>CRDs of the chart: on each cluster of the service, and kept.</summary>
    public IReadOnlyList<JsonObject> Crds { get; init; } = [];

    /// <summary>Hooks by group.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReleaseHook>> Hooks { get; init; } = new Dictionary<string, IReadOnlyList<ReleaseHook>>();

    /// <summary>NOTES.txt.</summary>
    public string? Notes { get; init; }

    /// <summary>All objects, each once.</summary>
    public IEnumerable<JsonObject> Objects => Crds.Concat(Groups.SelectMany(group => group.Objects)).DistinctBy(ObjectKey.Of);

    /// <summary>Whether delivering the other one would change nothing: the same objects under the same rules.</summary>
    public bool DeliversSameAs(Design other) =>
        Digest == other.Digest
        && Groups.Select(group => (group.Name, group.Rule.Digest)).SequenceEqual(other.Groups.Select(group => (group.Name, group.Rule.Digest)));
}
