using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>The JSON paths of printer columns: names, <c>[n]</c>, <c>[*]</c> and <c>[?(@.name=="value")]</c>.</summary>
internal static class JsonPath
{
    /// <summary>All values at a path; none where there is no such thing.</summary>
    public static IReadOnlyList<JsonNode?> Find(JsonNode? root, string path)
    {
        List<JsonNode?> found = [root];
        foreach (var step in Steps(path))
        {
            found = [.. found.SelectMany(f => Follow(f, step))];
        }
        return found;
    }

    private static IEnumerable<JsonNode?> Follow(JsonNode? node, string step)
    {
        if (!step.StartsWith('['))
        {
            return node is JsonObject map && map.TryGetPropertyValue(step, out var child) && child is not null ? [child] : [];
        }
        var inner = step[1..^1].Trim();
        if (inner == "*")
        {
            return node switch { JsonArray list => list, JsonObject map => map.Select(f => f.Value), _ => [] };
        }
        if (inner.StartsWith("?(", StringComparison.Ordinal))
        {
            return node is JsonArray list ? list.Where(i => Holds(i, inner[2..^1])) : [];
        }
        if (int.TryParse(inner, CultureInfo.InvariantCulture, out var index))
        {
            return node is JsonArray list && index < list.Count && index >= -list.Count ? [list[index < 0 ? index + list.Count : index]] : [];
        }
        return Follow(node, inner.Trim('\'', '"'));
    }

    private static bool Holds(JsonNode? item, string condition)
    {
        foreach (var sign in new[] { "==", "!=" })
        {
            var at = condition.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                var found = Find(item, condition[..at].Trim().TrimStart('@'));
                var wanted = condition[(at + 2)..].Trim().Trim('\'', '"');
                return found.Any(f => (f.Str() ?? f?.ToJsonString()) == wanted) == (sign == "==");
            }
        }
        return Find(item, condition.Trim().TrimStart('@')).Count > 0;
    }

    private static IEnumerable<string> Steps(string path)
    {
        var name = "";
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\\' when i + 1 < path.Length:
                    name += path[++i];
                    break;
                case '.':
                    if (name.Length > 0)
                    {
                        yield return name;
                    }
                    name = "";
                    break;
                case '[':
                    if (name.Length > 0)
                    {
                        yield return name;
                    }
                    name = "";
                    var close = path.IndexOf(path.AsSpan(i).StartsWith("[?(") ? ")]" : "]", i, StringComparison.Ordinal);
                    var end = path.AsSpan(i).StartsWith("[?(") ? close + 2 : close + 1;
                    yield return path[i..end];
                    i = end - 1;
                    break;
                default:
                    name += path[i];
                    break;
            }
        }
        if (name.Length > 0)
        {
            yield return name;
        }
    }
}
