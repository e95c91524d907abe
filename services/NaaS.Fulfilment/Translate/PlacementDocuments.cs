using System.Text.Json.Nodes;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Translate;

/// <summary>Reads <c>Cluster Metadata</c>: one <c>P2CodeSchedulingManifest</c>, or OCM <c>Placement</c>s. Throws <see cref="FormatException"/> in plain words.</summary>
internal static class PlacementDocuments
{
    /// <summary>The rules of the documents; no document means any cluster.</summary>
    public static PlacementRules Read(IReadOnlyList<JsonObject> documents)
    {
        if (documents.Count == 0)
        {
            return PlacementRules.Any;
        }

        var kinds = documents.Select(KindOf).Distinct().ToList();
        return kinds switch
        {
            [SchedulingManifest.Kind] when documents.Count == 1 => SchedulingManifest.Read(documents[0]),
            [SchedulingManifest.Kind] => throw new FormatException($"holds {documents.Count} {SchedulingManifest.Kind}s, one is enough"),
            [PlacementManifest.Kind] => PlacementManifest.Read(documents),
            [_, _, ..] => throw new FormatException($"mixes {string.Join(" and ", kinds)}"),
            _ => throw new FormatException($"\"{kinds[0]}\" is neither a {SchedulingManifest.Kind} nor a {PlacementManifest.Kind}"),
        };
    }

    private static string KindOf(JsonObject document) => document["kind"] switch
    {
        JsonValue kind when kind.TryGetValue<string>(out var text) => text,
        null when document.ContainsKey("globalAnnotations") || document.ContainsKey("workloadAnnotations") => SchedulingManifest.Kind,
        _ => throw new FormatException($"has no kind: a {SchedulingManifest.Kind} or a {PlacementManifest.Kind} is expected"),
    };
}
