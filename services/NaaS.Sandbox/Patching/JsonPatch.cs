using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Patching;

/// <summary>JSON patch (RFC 6902), with the API server's refusals.</summary>
internal static class JsonPatch
{
    public static JsonObject Apply(JsonObject target, JsonNode patch)
    {
        if (patch is not JsonArray steps)
        {
            throw ApiErrors.BadRequest("error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        }
        JsonNode root = target;
        foreach (var step in steps)
        {
            root = Do(root, step.Str("op") ?? "", step);
        }
        return root as JsonObject ?? throw Unprocessable("the patched document is not an object");
    }

    private static JsonNode Do(JsonNode root, string op, JsonNode? step)
    {
        var path = Pointer(step.Str("path"), step);
        switch (op)
        {
            case "add":
                return Add(root, path, Value(step));
            case "replace":
                _ = Find(root, path, op);
                return path.Length == 0 ? Value(step)! : Add(Remove(root, path, op), path, Value(step));
            case "remove":
                return Remove(root, path, op);
            case "test":
                return Json.Same(FindOrNull(root, path), Value(step))
                    ? root : throw Unprocessable($"testing value {step.Str("path")} failed");
            case "copy":
                return Add(root, path, Find(root, Pointer(step.Str("from"), step), op)?.DeepClone());
            case "move":
                var from = Pointer(step.Str("from"), step);
                var moved = Find(root, from, op)?.DeepClone();
                return Add(Remove(root, from, op), path, moved);
            default:
                throw Unprocessable($"Unexpected kind: {op}");
        }
    }

    private static JsonNode Add(JsonNode root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value!;
        }
        switch (Find(root, path[..^1], "add"))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list when Index(path[^1]) is { } at && at <= list.Count:
                list.Insert(at, value);
                break;
            default:
                throw Missing("add", path);
        }
        return root;
    }

    private static JsonNode Remove(JsonNode root, string[] path, string op)
    {
        var done = path.Length > 0 && FindOrNull(root, path[..^1]) switch
        {
            JsonObject map => map.Remove(path[^1]),
            JsonArray list when Index(path[^1]) is { } at && at < list.Count => RemoveAt(list, at),
            _ => false,
        };
        return done ? root : throw Missing(op, path);
    }

    private static bool RemoveAt(JsonArray list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static JsonNode? Find(JsonNode root, string[] path, string op)
    {
        JsonNode? node = root;
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(step, out var child) => child,
                JsonArray list when Index(step) is { } at && at < list.Count => list[at],
                _ => throw Missing(op, path),
            };
        }
        return node;
    }

    private static JsonNode? FindOrNull(JsonNode root, string[] path)
    {
        JsonNode? node = root;
        foreach (var step in path)
        {
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(step, out var child) => child,
                JsonArray list when Index(step) is { } at && at < list.Count => list[at],
                _ => null,
            };
        }
        return node;
    }

    private static JsonNode? Value(JsonNode? step) => step.At("value")?.DeepClone();

    private static int? Index(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;

    private static string[] Pointer(string? path, JsonNode? step) => path switch
    {
        null => throw Unprocessable($"missing path in {step?.ToJsonString()}"),
        "" => [],
        _ => [.. path.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))],
    };

    private static ApiStatusException Missing(string op, string[] path) =>
        Unprocessable($"{op} operation does not apply: doc is missing path: /{string.Join('/', path)}: missing value");

    private static ApiStatusException Unprocessable(string why) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {why}", new JsonObject());
}
