using System.Text.Json.Nodes;

namespace NaaS.Api.Tests.Conformance.Walk;

/// <summary>A value for every attribute of a schema, so that a round trip shows what is lost.</summary>
internal sealed class Sample(JsonObject document)
{
    private const int Deepest = 3;

    // What the official schemas demand of objects that contain their like (Feature, ServiceRelationship): without it the object is left out.
    private static readonly string[] Demanded = ["featureCharacteristic", "service"];

    private readonly JsonObject schemas = document["components"]!["schemas"]!.AsObject();

    /// <summary>Attributes of a schema with a value for each.</summary>
    public IEnumerable<(string Name, JsonNode Value)> Of(string schema) =>
        schemas[schema]!["properties"]!.AsObject().Select(property => (property.Key, Value(property.Key, property.Value!, 0))).Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.Key, pair.Item2!));

    private JsonNode? Value(string name, JsonNode schema, int depth)
    {
        if (schema["$ref"] is { } reference)
        {
            return Value(name, schemas[reference.GetValue<string>().Split('/')[^1]]!, depth);
        }

        return schema["type"]?.GetValue<string>() switch
        {
            "array" => depth > Deepest ? null : Value(name, schema["items"]!, depth) is { } element ? new JsonArray(element) : null,
            "object" when schema["properties"] is JsonObject properties && properties.Count > 0 => depth > Deepest ? null : Object(properties, depth),
            "object" => new JsonObject { ["any"] = "thing" },
            "integer" => 3,
            "number" => 2,
            "boolean" => true,
            "string" when schema["enum"] is JsonArray values => values[0]!.GetValue<string>(),
            "string" when schema["format"]?.GetValue<string>() == "date-time" => "2026-11-24T09:00:00Z",
            "string" => Text(name),
            _ => $"any {name}",
        };
    }

    private JsonObject? Object(JsonObject properties, int depth)
    {
        var value = new JsonObject();
        foreach (var (name, property) in properties)
        {
            if (Value(name, property!, depth + 1) is { } child)
            {
                value[name] = child;
            }
            else if (Demanded.Contains(name))
            {
                return null;
            }
        }

        return value;
    }

    private static string Text(string name) => name switch
    {
        "regex" => ".*",
        "content" => "c29tZQ==",
        "rangeInterval" => "closed",
        _ when name.EndsWith("href", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Location", StringComparison.Ordinal) || name is "referenceError" or "url" => "https://example.com/thing/1",
        _ => $"some {name}",
    };
}
