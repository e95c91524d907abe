using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Schemas;

/// <summary>Shapes from a CustomResourceDefinition's <c>openAPIV3Schema</c>.</summary>
internal static class CrdShapes
{
    /// <summary>The shape that a schema describes; without one everything is kept.</summary>
    public static Schema From(JsonObject? schema)
    {
        if (schema is null)
        {
            return new Schema { Type = SchemaType.Object, KeepsUnknown = true };
        }
        var shape = new Schema
        {
            Type = TypeOf(schema),
            Description = schema.Str("description"),
            Format = schema.Str("format"),
            Pattern = schema.Str("pattern"),
            Nullable = schema.Bool("nullable") ?? false,
            Default = schema["default"]?.DeepClone(),
            Required = [.. (schema.Arr("required") ?? []).Select(r => r.Str() ?? "")],
            Enum = [.. (schema.Arr("enum") ?? []).Where(e => e is not null).Select(e => e!.GetValueKind() == JsonValueKind.String ? e.GetValue<string>() : e.ToJsonString())],
            Minimum = Number(schema, "minimum"),
            Maximum = Number(schema, "maximum"),
            MinLength = (int?)schema.Int("minLength"),
            MaxLength = (int?)schema.Int("maxLength"),
            MinItems = (int?)schema.Int("minItems"),
            MaxItems = (int?)schema.Int("maxItems"),
            KeepsUnknown = schema.Bool("x-kubernetes-preserve-unknown-fields") ?? false,
            Embedded = schema.Bool("x-kubernetes-embedded-resource") ?? false,
            Atomic = schema.Str("x-kubernetes-map-type") == "atomic",
            Set = schema.Str("x-kubernetes-list-type") == "set",
            Keys = schema.Str("x-kubernetes-list-type") == "map"
                ? [.. (schema.Arr("x-kubernetes-list-map-keys") ?? []).Select(k => k.Str() ?? "")] : null,
        };
        return shape.Type switch
        {
            SchemaType.Object => shape with { FieldsOf = () => Fields(schema) },
            SchemaType.List => shape with { ItemsOf = () => From(schema.Obj("items")) },
            SchemaType.Map => shape with { ItemsOf = () => schema["additionalProperties"] is JsonObject values ? From(values) : Schema.Anything },
            _ => shape,
        };
    }

    private static Dictionary<string, Schema> Fields(JsonObject schema) =>
        (schema.Obj("properties") ?? []).ToDictionary(p => p.Key, p => From(p.Value as JsonObject), StringComparer.Ordinal);

    private static SchemaType TypeOf(JsonObject schema) => schema.Str("type") switch
    {
        _ when schema.Bool("x-kubernetes-int-or-string") ?? false => SchemaType.IntOrString,
        "object" when schema.ContainsKey("properties") || schema["additionalProperties"] is null => SchemaType.Object,
        "object" => SchemaType.Map,
        "array" => SchemaType.List,
        "string" => SchemaType.String,
        "integer" => SchemaType.Integer,
        "number" => SchemaType.Number,
        "boolean" => SchemaType.Boolean,
        _ => SchemaType.Any,
    };

    private static double? Number(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;
}
