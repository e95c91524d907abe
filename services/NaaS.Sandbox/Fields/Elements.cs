using System.Text.Json.Nodes;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Fields;

/// <summary>How a value is taken apart: by fields, by items with keys, by the values of a set, or not at all.</summary>
internal static class Elements
{
    /// <summary>Whether the value is owned as a whole. Of unknown shape, objects are taken apart and lists are not.</summary>
    public static bool IsLeaf(Schema schema, JsonNode? value) => value switch
    {
        JsonObject => schema.Atomic,
        JsonArray => schema.Keys is null && !schema.Set,
        _ => true,
    };

    /// <summary>Shape of a field of an object.</summary>
    public static Schema Of(Schema schema, string field) => schema.Type switch
    {
        SchemaType.Map => schema.Items,
        SchemaType.Object => schema.Fields.GetValueOrDefault(field, Schema.Anything),
        _ => Schema.Anything,
    };

    /// <summary>A list's items by their element, in order; of two with the same keys the later wins.</summary>
    public static List<(string Element, JsonNode? Item)> Items(Schema schema, JsonArray list)
    {
        var items = new List<(string, JsonNode?)>(list.Count);
        foreach (var item in list)
        {
            items.Add((ElementOf(schema, item), item));
        }
        return items;
    }

    /// <summary>The element of one item.</summary>
    public static string ElementOf(Schema schema, JsonNode? item)
    {
        if (schema.Keys is null)
        {
            return "v:" + (item?.ToJsonString(Json.Relaxed) ?? "null");
        }
        var keys = new JsonObject();
        foreach (var key in schema.Keys.Order(StringComparer.Ordinal))
        {
            var value = item.At(key)?.DeepClone() ?? schema.Items.Fields.GetValueOrDefault(key)?.Default?.DeepClone();
            if (value is not null)
            {
                keys[key] = value;
            }
        }
        return "k:" + keys.ToJsonString(Json.Relaxed);
    }
}
