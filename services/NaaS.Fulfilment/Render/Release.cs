using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Render;

/// <summary>A chart with values, rendered: what a revision delivers. The objects are shared and must not be changed.</summary>
public sealed record Release
{
    /// <summary>Helm release name.</summary>
    public required string Name { get; init; }

    /// <summary>Release namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Version from Chart.yaml.</summary>
    public required string ChartVersion { get; init; }

    /// <summary><c>sha256:...</c> of the chart archive.</summary>
    public required string ChartDigest { get; init; }

    /// <summary><c>sha256:...</c> of all that was rendered; equal digests mean equal objects, whatever the order of fields.</summary>
    public required string Digest { get; init; }

    /// <summary>Objects in Helm's install order, each with its namespace where its kind has one; hooks and crds/ are apart, lists are taken apart.</summary>
    public required IReadOnlyList<JsonObject> Objects { get; init; }

    /// <summary>Hooks in the order in which they run within their event; test hooks are left out.</summary>
    public required IReadOnlyList<ReleaseHook> Hooks { get; init; }

    /// <summary>Objects of the chart's crds/ folders: they go first and are never deleted.</summary>
    public required IReadOnlyList<JsonObject> Crds { get; init; }

    /// <summary>The chart's metadata as Helm stores it; null where Helm is told nothing.</summary>
    public JsonObject? Chart { get; init; }

    /// <summary>Values as given, as Helm stores them.</summary>
    public JsonObject? Values { get; init; }

    /// <summary>NOTES.txt; null where the chart has none.</summary>
    public string? Notes { get; init; }
}

/// <summary>An object that runs at a moment of the release's life.</summary>
/// <param name="Object">The object.</param>
/// <param name="Events">Events such as <c>pre-install</c>.</param>
/// <param name="Weight">Lower weights run first.</param>
/// <param name="DeletePolicies">Delete policies, <c>before-hook-creation</c> where none is given.</param>
public sealed record ReleaseHook(JsonObject Object, IReadOnlyList<string> Events, int Weight, IReadOnlyList<string> DeletePolicies);
