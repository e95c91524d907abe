using System.Text.Json.Nodes;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Patches;

/// <summary>One operation of a JSON patch.</summary>
internal sealed record PatchOperation(string Name, string Op, JsonPointer Path, JsonPointer? From, JsonNode? Value)
{
    private static readonly HashSet<string> Known = ["test", "add", "replace", "remove", "move", "copy"];

    /// <summary>Reads an operation; a path with a query gives one operation for each element that it selects.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="index">Its position, for messages.</param>
    /// <param name="document">The document that queries select from; null where paths have no queries.</param>
    public static IEnumerable<PatchOperation> Read(JsonNode? node, int index, JsonNode? document)
    {
        var name = $"operation {index}";
        var fields = node as JsonObject ?? throw new InvalidBodyException($"{name} is not an object");
        var op = Text(fields, "op") ?? throw new InvalidBodyException($"{name}: op is missing");
        if (!Known.Contains(op))
        {
            throw new InvalidBodyException($"{name}: '{op}' is none of {string.Join(", ", Known)}");
        }

        var path = Text(fields, "path") ?? throw new InvalidBodyException($"{name}: path is missing");
        var needsValue = op is "test" or "add" or "replace";
        if (needsValue && !fields.ContainsKey("value"))
        {
            throw new InvalidBodyException($"{name}: value is missing");
        }

        var from = op is "move" or "copy" ? Text(fields, "from") ?? throw new InvalidBodyException($"{name}: from is missing") : null;
        var paths = document is null ? [JsonPointer.Parse(path)] : PatchQuery.Select(document, path);
        if (paths.Count == 0)
        {
            throw new ResourceConflictException($"{name}: {path} selects nothing");
        }

        // Later elements first, so that removing one does not move those still to come.
        return paths.Reverse().Select(selected => new PatchOperation(name, op, selected, from is null ? null : JsonPointer.Parse(from), fields["value"]));
    }

    private static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
