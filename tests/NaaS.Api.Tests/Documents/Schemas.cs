using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace NaaS.Api.Tests.Documents;

/// <summary>Validates JSON against the schemas of an OpenAPI document, ours (components) or TM Forum's (definitions).</summary>
internal sealed class Schemas(JsonObject document)
{
    private readonly ConcurrentDictionary<string, Task<JsonSchema>> known = new();
    private readonly JsonObject definitions = (document["components"]?["schemas"] ?? document["definitions"])!.AsObject();

    /// <summary>What is wrong with a value; empty where nothing is.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(JsonNode schema, JsonNode? value)
    {
        var wrapper = await known.GetOrAdd(schema.ToJsonString(), text => CreateAsync(JsonNode.Parse(text)!));
        return [.. wrapper.Validate(value?.ToJsonString() ?? "null").SelectMany(Flat)];
    }

    /// <summary>A reference to a named schema.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private Task<JsonSchema> CreateAsync(JsonNode schema)
    {
        var root = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["allOf"] = new JsonArray(schema.DeepClone()),
            ["definitions"] = definitions.DeepClone(),
        };
        return JsonSchema.FromJsonAsync(root.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Flat(NJsonSchema.Validation.ValidationError error) =>
        error is NJsonSchema.Validation.ChildSchemaValidationError parent
            ? parent.Errors.SelectMany(child => child.Value).SelectMany(Flat)
            : [$"{error.Path}: {error.Kind}"];
}
