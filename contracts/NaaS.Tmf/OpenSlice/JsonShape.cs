using System.Text.Json.Nodes;
using NaaS.Tmf.Characteristics;

namespace NaaS.Tmf.OpenSlice;

/// <summary>Small rewrites of JSON objects in place.</summary>
internal static class JsonShape
{
    /// <summary>Gives a member its other name, unless that one is there already.</summary>
    public static void Rename(this JsonObject node, string from, string to)
    {
        if (!node.Remove(from, out var value) || value is null || node[to] is not null)
        {
            return;
        }

        node[to] = value;
    }

    /// <summary>Puts an empty array where nothing is: OpenSlice walks these lists without looking.</summary>
    public static void Lists(this JsonObject node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (node[name] is not JsonArray)
            {
                node[name] = new JsonArray();
            }
        }
    }

    public static IEnumerable<JsonObject> Objects(this JsonObject node, string name) => (node[name] as JsonArray ?? []).OfType<JsonObject>();

    public static string Text(this JsonObject node, string name) => ValueText.Of(node[name]);

    /// <summary>Removes all members that are null, at any depth, and array elements that are.</summary>
    public static void DropNulls(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            {
                members.Remove(name);
            }
        }
        else if (node is JsonArray elements)
        {
            elements.RemoveAll(element => element is null);
        }

        foreach (var child in Children(node))
        {
            DropNulls(child);
        }
    }

    /// <summary>Visits every object, outermost first.</summary>
    public static void Visit(JsonNode? node, Action<JsonObject> visit)
    {
        if (node is JsonObject found)
        {
            visit(found);
        }

        foreach (var child in Children(node))
        {
            Visit(child, visit);
        }
    }

    private static List<JsonNode?> Children(JsonNode? node) => node switch
    {
        JsonObject members => [.. members.Select(member => member.Value)],
        JsonArray elements => [.. elements],
        _ => [],
    };
}
