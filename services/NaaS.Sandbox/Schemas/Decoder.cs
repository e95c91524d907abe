using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Schemas;

/// <summary>Brings an object into its kind's shape: unknown fields and empty ones go, defaults come.</summary>
internal static partial class Decoder
{
    /// <summary>Drops fields that the shape does not have and nulls that mean nothing; returns the paths of the former.</summary>
    public static List<string> Prune(Schema schema, JsonNode? node)
    {
        var unknown = new List<string>();
        Prune(schema, node, "", unknown);
        return unknown;
    }

    /// <summary>Fills in what is missing.</summary>
    public static void Default(Schema schema, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map when schema.Type == SchemaType.Object:
                foreach (var (name, field) in schema.Fields)
                {
                    if (field.Default is not null && map[name] is null)
                    {
                        map[name] = field.Default.DeepClone();
                    }
                }
                foreach (var (name, value) in map)
                {
                    if (schema.Fields.TryGetValue(name, out var field))
                    {
                        Default(field, value);
                    }
                }
                break;
            case JsonObject map when schema.Type == SchemaType.Map:
                foreach (var (_, value) in map)
                {
                    Default(schema.Items, value);
                }
                break;
            case JsonArray list when schema.Type == SchemaType.List:
                foreach (var item in list)
                {
                    Default(schema.Items, item);
                }
                break;
        }
    }

    /// <summary>
    /// The complaint of Go's JSON decoder when a field of one of Kubernetes' own kinds holds another type of value, or null.
    /// </summary>
    public static string? Mismatch(Schema schema, JsonNode? node) => Mismatch(schema, node, schema.Name ?? "", "");

    private static void Prune(Schema schema, JsonNode? node, string at, List<string> unknown)
    {
        switch (node)
        {
            case JsonObject map when schema.Type == SchemaType.Object:
                foreach (var (name, value) in map.ToList())
                {
                    if (!schema.Fields.TryGetValue(name, out var field))
                    {
                        if (!schema.KeepsUnknown)
                        {
                            unknown.Add(at.Length == 0 ? name : $"{at}.{name}");
                            map.Remove(name);
                        }
                    }
                    else if (value is null && !field.Nullable && field.Type != SchemaType.Any)
                    {
                        map.Remove(name);
                    }
                    else
                    {
                        Prune(field, value, at.Length == 0 ? name : $"{at}.{name}", unknown);
                    }
                }
                break;
            case JsonObject map when schema.Type == SchemaType.Map:
                foreach (var (name, value) in map)
                {
                    Prune(schema.Items, value, $"{at}.{name}", unknown);
                }
                break;
            case JsonArray list when schema.Type == SchemaType.List:
                for (var i = 0; i < list.Count; i++)
                {
                    Prune(schema.Items, list[i], $"{at}[{i}]", unknown);
                }
                break;
        }
    }

    private static string? Mismatch(Schema schema, JsonNode? node, string owner, string at)
    {
        if (node is null || schema.Type == SchemaType.Any)
        {
            return null;
        }
        var kind = node.GetValueKind();
        var fits = schema.Type switch
        {
            SchemaType.Object or SchemaType.Map => kind == JsonValueKind.Object,
            SchemaType.List => kind == JsonValueKind.Array,
            SchemaType.String => kind == JsonValueKind.String,
            SchemaType.Integer => kind == JsonValueKind.Number && node.Int() is not null,
            SchemaType.Number => kind == JsonValueKind.Number,
            SchemaType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            _ => kind is JsonValueKind.String or JsonValueKind.Number,
        };
        if (!fits)
        {
            return $"json: cannot unmarshal {GoKind(node, kind)} into Go struct field {owner[(owner.LastIndexOf('.') + 1)..]}.{at} of type {GoType(schema)}";
        }
        if (schema.Format == "quantity" && kind == JsonValueKind.String && !Quantity().IsMatch(node.GetValue<string>()))
        {
            return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
        }
        if (schema.Format == "byte" && kind == JsonValueKind.String && !IsBase64(node.GetValue<string>()))
        {
            return "illegal base64 data at input byte 0";
        }
        return node switch
        {
            JsonObject map when schema.Type == SchemaType.Map =>
                map.Select(f => Mismatch(schema.Items, f.Value, owner, at)).FirstOrDefault(m => m is not null),
            JsonObject map => map.Select(f => schema.Fields.TryGetValue(f.Key, out var field)
                ? Mismatch(field, f.Value, schema.Name ?? owner, at.Length == 0 ? f.Key : $"{at}.{f.Key}") : null).FirstOrDefault(m => m is not null),
            JsonArray list => list.Select(i => Mismatch(schema.Items, i, owner, at)).FirstOrDefault(m => m is not null),
            _ => null,
        };
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[(text.Length * 3 / 4) + 3], out _);

    private static string GoKind(JsonNode node, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => $"number {node.ToJsonString()}",
        _ => "bool",
    };

    private static string GoType(Schema schema) => schema.Type switch
    {
        SchemaType.Object => "v1." + (schema.Name ?? "object")[((schema.Name ?? "object").LastIndexOf('.') + 1)..],
        SchemaType.Map => "map[string]" + GoType(schema.Items),
        SchemaType.List => "[]" + GoType(schema.Items),
        SchemaType.Integer => schema.Format ?? "int32",
        SchemaType.Number => "float64",
        SchemaType.Boolean => "bool",
        SchemaType.IntOrString => "intstr.IntOrString",
        _ => "string",
    };

    [GeneratedRegex("^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$")]
    private static partial Regex Quantity();
}
