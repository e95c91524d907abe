using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Reading;

/// <summary>How controllers read an object: by path, with "not there" as an answer and never an exception.</summary>
internal static class ObjectReading
{
    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonNode>() : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? [.. list.Select(item => item.Str() ?? "")] : [];

    public static DateTimeOffset? Instant(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.Str(path) is { } text
        && DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var instant)
            ? instant : null;

    public static IReadOnlyDictionary<string, string> TextMap(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.ToDictionary(pair => pair.Key, pair => pair.Value.Str() ?? "", StringComparer.Ordinal)
            : Empty;

    public static string Name(this JsonNode? o) => o.Str("metadata", "name") ?? "";

    public static string Namespace(this JsonNode? o) => o.Str("metadata", "namespace") ?? "";

    public static string Uid(this JsonNode? o) => o.Str("metadata", "uid") ?? "";

    public static string Kind(this JsonNode? o) => o.Str("kind") ?? "";

    public static long Generation(this JsonNode? o) => o.Int("metadata", "generation") ?? 0;

    public static bool IsDeleting(this JsonNode? o) => o.Str("metadata", "deletionTimestamp") is not null;

    public static IReadOnlyDictionary<string, string> Labels(this JsonNode? o) => o.TextMap("metadata", "labels");

    /// <summary>The owner that has <c>controller: true</c>, if any.</summary>
    public static JsonNode? ControllerRef(this JsonNode? o) =>
        o.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Bool("controller") is true);

    public static bool IsControlledBy(this JsonNode? o, string uid) => o.ControllerRef().Str("uid") == uid;

    public static bool HasOwner(this JsonNode? o, string uid) =>
        o.Items("metadata", "ownerReferences").Any(owner => owner.Str("uid") == uid);

    /// <summary>The condition of that type under <c>status.conditions</c>, if any.</summary>
    public static JsonNode? Condition(this JsonNode? o, string type) =>
        o.Items("status", "conditions").FirstOrDefault(condition => condition.Str("type") == type);

    public static bool ConditionIsTrue(this JsonNode? o, string type) => o.Condition(type).Str("status") == "True";

    private static readonly Dictionary<string, string> Empty = [];
}
