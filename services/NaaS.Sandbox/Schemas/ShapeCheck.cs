using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Schemas;

/// <summary>Validates a custom object against its shape, with the texts of the API server's OpenAPI validation.</summary>
internal static class ShapeCheck
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a value that stands at a path; empty if nothing is.</summary>
    public static List<FieldError> Check(Schema schema, JsonNode? node, string at = "")
    {
        var errors = new List<FieldError>();
        Check(schema, node, at, errors);
        return errors;
    }

    private static void Check(Schema schema, JsonNode? node, string at, List<FieldError> errors)
    {
        if (node is null)
        {
            if (!schema.Nullable && schema.Type != SchemaType.Any)
            {
                errors.Add(new FieldError("FieldValueTypeInvalid", at, $"Invalid value: \"null\": {at} in body must be of type {Name(schema)}: \"null\""));
            }
            return;
        }
        switch (schema.Type, node)
        {
            case (SchemaType.Object, JsonObject map):
                CheckObject(schema, map, at, errors);
                break;
            case (SchemaType.Map, JsonObject map):
                foreach (var (name, value) in map)
                {
                    Check(schema.Items, value, $"{at}.{name}", errors);
                }
                break;
            case (SchemaType.List, JsonArray list):
                CheckList(schema, list, at, errors);
                break;
            case (SchemaType.Any, _):
                break;
            case (_, JsonValue value) when Fits(schema, value.GetValueKind(), value):
                CheckValue(schema, value, at, errors);
                break;
            default:
                var kind = Kind(node);
                errors.Add(new FieldError("FieldValueTypeInvalid", at, $"Invalid value: \"{kind}\": {at} in body must be of type {Name(schema)}: \"{kind}\""));
                break;
        }
    }

    private static void CheckObject(Schema schema, JsonObject map, string at, List<FieldError> errors)
    {
        var prefix = at.Length == 0 ? "" : at + ".";
        if (schema.Embedded)
        {
            foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind"])
            {
                if (map.Str(name) is null or "")
                {
                    errors.Add(FieldError.Required(prefix + name));
                }
            }
        }
        foreach (var name in schema.Required)
        {
            if (!map.ContainsKey(name))
            {
                errors.Add(FieldError.Required(prefix + name));
            }
        }
        foreach (var (name, value) in map)
        {
            if (schema.Fields.TryGetValue(name, out var field))
            {
                Check(field, value, prefix + name, errors);
            }
        }
    }

    private static void CheckList(Schema schema, JsonArray list, string at, List<FieldError> errors)
    {
        if (list.Count > schema.MaxItems)
        {
            errors.Add(new FieldError("FieldValueTooMany", at, $"Too many: {list.Count}: must have at most {schema.MaxItems} items"));
        }
        if (list.Count < schema.MinItems)
        {
            errors.Add(FieldError.Invalid(at, list.Count, $"{at} in body should have at least {schema.MinItems} items"));
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            Check(schema.Items, list[i], $"{at}[{i}]", errors);
            if ((schema.Keys is not null || schema.Set) && !seen.Add(Fields.Elements.ElementOf(schema, list[i])))
            {
                var key = schema.Keys is null ? list[i] : new JsonObject(schema.Keys.Select(k => KeyValuePair.Create(k, list[i].At(k)?.DeepClone())));
                errors.Add(FieldError.Duplicate($"{at}[{i}]", key?.DeepClone()));
            }
        }
    }

    private static void CheckValue(Schema schema, JsonValue value, string at, List<FieldError> errors)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(text ?? value.ToJsonString()))
        {
            errors.Add(FieldError.NotSupported(at, value, schema.Enum));
        }
        if (text is not null)
        {
            if (schema.MaxLength is { } most && text.EnumerateRunes().Count() > most)
            {
                errors.Add(FieldError.TooLong(at, most));
            }
            if (schema.MinLength is { } least && text.EnumerateRunes().Count() < least)
            {
                errors.Add(FieldError.Invalid(at, value, $"{at} in body should be at least {least} chars long"));
            }
            if (schema.Pattern is { } pattern && !Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)).IsMatch(text))
            {
                errors.Add(FieldError.Invalid(at, value, $"{at} in body should match '{pattern}'"));
            }
            if (schema.Format == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            {
                errors.Add(FieldError.Invalid(at, value, $"{at} in body must be of type date-time: {value.ToJsonString(Json.Relaxed)}"));
            }
            return;
        }
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
            if (number > schema.Maximum)
            {
                errors.Add(FieldError.Invalid(at, value, $"{at} in body should be less than or equal to {Number(schema.Maximum.Value)}"));
            }
            if (number < schema.Minimum)
            {
                errors.Add(FieldError.Invalid(at, value, $"{at} in body should be greater than or equal to {Number(schema.Minimum.Value)}"));
            }
        }
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool Fits(Schema schema, JsonValueKind kind, JsonValue value) => schema.Type switch
    {
        SchemaType.String => kind == JsonValueKind.String,
        SchemaType.Integer => kind == JsonValueKind.Number && value.Int() is not null,
        SchemaType.Number => kind == JsonValueKind.Number,
        SchemaType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
        SchemaType.IntOrString => kind == JsonValueKind.String || (kind == JsonValueKind.Number && value.Int() is not null),
        _ => false,
    };

    private static string Name(Schema schema) => schema.Type switch
    {
        SchemaType.Object or SchemaType.Map => "object",
        SchemaType.List => "array",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Boolean => "boolean",
        SchemaType.IntOrString => "integer,string",
        _ => "string",
    };

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => node.Int() is null ? "number" : "integer",
        _ => "boolean",
    };
}
