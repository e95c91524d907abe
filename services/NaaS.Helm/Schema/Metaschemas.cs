using NaaS.Helm.Json;

namespace NaaS.Helm.Schema;

/// <summary>What a schema of each draft must look like: one table of keywords, from which the drafts' metaschemas are made.</summary>
internal static class Metaschemas
{
    private const string SchemaType = """["object","boolean"]""";

    /// <summary>Shape of a keyword's value. <c>@</c> stands for a reference to a schema of the same draft.</summary>
    private static readonly (string Names, string Vocabulary, int From, int To, string Shape)[] Table =
    [
        ("$id $ref $recursiveRef $dynamicRef", "core", 6, 9999, """{"type":"string","format":"uri-reference"}"""),
        ("id", "core", 4, 4, """{"type":"string"}"""),
        ("$ref", "core", 4, 4, """{"type":"string"}"""),
        ("$schema", "core", 4, 9999, """{"type":"string","format":"uri"}"""),
        ("$anchor $dynamicAnchor $comment", "core", 7, 9999, """{"type":"string"}"""),
        ("$recursiveAnchor", "core", 2019, 2019, """{"type":"boolean"}"""),
        ("$defs", "core", 2019, 9999, """{"type":"object","additionalProperties":@}"""),
        ("prefixItems", "applicator", 2020, 9999, """{"type":"array","minItems":1,"items":@}"""),
        ("items", "applicator", 2020, 9999, "@"),
        ("items", "applicator", 4, 2019, """{"anyOf":[@,{"type":"array","minItems":1,"items":@}]}"""),
        ("additionalItems additionalProperties", "applicator", 4, 4, """{"anyOf":[{"type":"boolean"},@]}"""),
        ("additionalItems contains propertyNames", "applicator", 6, 2019, "@"),
        ("additionalProperties not", "applicator", 6, 9999, "@"),
        ("not", "applicator", 4, 4, "@"),
        ("contains propertyNames", "applicator", 2020, 9999, "@"),
        ("if then else", "applicator", 7, 9999, "@"),
        ("allOf anyOf oneOf", "applicator", 4, 9999, """{"type":"array","minItems":1,"items":@}"""),
        ("properties definitions", "applicator", 4, 9999, """{"type":"object","additionalProperties":@}"""),
        ("dependentSchemas", "applicator", 2019, 9999, """{"type":"object","additionalProperties":@}"""),
        ("patternProperties", "applicator", 4, 4, """{"type":"object","additionalProperties":@}"""),
        ("patternProperties", "applicator", 6, 9999, """{"type":"object","additionalProperties":@,"propertyNames":{"format":"regex"}}"""),
        ("dependencies", "applicator", 4, 9999, """{"type":"object","additionalProperties":{"anyOf":[@,{"type":"array","items":{"type":"string"},"uniqueItems":true}]}}"""),
        ("unevaluatedItems unevaluatedProperties", "unevaluated", 2019, 9999, "@"),
        ("multipleOf", "validation", 4, 4, """{"type":"number","minimum":0,"exclusiveMinimum":true}"""),
        ("multipleOf", "validation", 6, 9999, """{"type":"number","exclusiveMinimum":0}"""),
        ("maximum minimum", "validation", 4, 9999, """{"type":"number"}"""),
        ("exclusiveMaximum exclusiveMinimum", "validation", 4, 4, """{"type":"boolean"}"""),
        ("exclusiveMaximum exclusiveMinimum", "validation", 6, 9999, """{"type":"number"}"""),
        ("maxLength minLength maxItems minItems maxProperties minProperties", "validation", 4, 9999, """{"type":"integer","minimum":0}"""),
        ("maxContains minContains", "validation", 2019, 9999, """{"type":"integer","minimum":0}"""),
        ("pattern", "validation", 4, 9999, """{"type":"string","format":"regex"}"""),
        ("uniqueItems", "validation", 4, 9999, """{"type":"boolean"}"""),
        ("required", "validation", 4, 4, """{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true}"""),
        ("required", "validation", 6, 9999, """{"type":"array","items":{"type":"string"},"uniqueItems":true}"""),
        ("dependentRequired", "validation", 2019, 9999, """{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"},"uniqueItems":true}}"""),
        ("enum", "validation", 4, 6, """{"type":"array","minItems":1,"uniqueItems":true}"""),
        ("enum", "validation", 7, 9999, """{"type":"array"}"""),
        ("type", "validation", 4, 9999, """{"anyOf":[{"enum":%},{"type":"array","items":{"enum":%},"minItems":1,"uniqueItems":true}]}"""),
        ("title description", "meta-data", 4, 9999, """{"type":"string"}"""),
        ("readOnly writeOnly deprecated", "meta-data", 7, 9999, """{"type":"boolean"}"""),
        ("examples", "meta-data", 6, 9999, """{"type":"array"}"""),
        ("format", "format", 4, 9999, """{"type":"string"}"""),
        ("contentMediaType contentEncoding", "content", 7, 9999, """{"type":"string"}"""),
        ("contentSchema", "content", 2019, 9999, "@"),
    ];

    private static readonly Dictionary<int, string> Urls = new()
    {
        [4] = "http://json-schema.org/draft-04/schema",
        [6] = "http://json-schema.org/draft-06/schema",
        [7] = "http://json-schema.org/draft-07/schema",
        [2019] = "https://json-schema.org/draft/2019-09/schema",
        [2020] = "https://json-schema.org/draft/2020-12/schema",
    };

    private static readonly Dictionary<int, Lazy<SchemaNode>> Compiled = Urls.ToDictionary(
        p => p.Key, p => new Lazy<SchemaNode>(() => new SchemaCompiler(load: null).Compile(Build(p.Key, p.Key < 2019), p.Value, p.Key)));

    // Says the same without the vocabularies, which only matter to the messages: every part of a schema is then looked at once instead of eight times.
    private static readonly Dictionary<int, Lazy<SchemaNode>> Quick = Urls.ToDictionary(
        p => p.Key, p => p.Key < 2019 ? Compiled[p.Key] : new Lazy<SchemaNode>(() => new SchemaCompiler(load: null).Compile(Build(p.Key, isFlat: true), p.Value, p.Key)));

    /// <summary>Refuses a schema that is none of its draft.</summary>
    public static void Require(object? schema, int draft, string location)
    {
        if (!new SchemaValidation().Accepts(Quick[draft].Value, schema) && new SchemaValidation().Validate(Compiled[draft].Value, schema) is { } error)
        {
            throw new HelmException(
                $"\"{location}\" is not valid against metaschema: jsonschema validation failed with '{Urls[draft]}#'\n{SchemaError.Shown(error)}");
        }
    }

    /// <summary>The metaschema at a URL, for schemas that refer to it; null where there is none.</summary>
    public static SchemaResource? Find(string url)
    {
        var draft = Urls.FirstOrDefault(p => p.Value == url).Key;
        return draft == 0 ? null : Compiled[draft].Value.Resource;
    }

    private static object? Build(int draft, bool isFlat)
    {
        var type = draft == 4 ? "\"object\"" : SchemaType;
        if (isFlat)
        {
            return JsonReader.ReadExact($$"""{"type":{{type}},"properties":{{Properties(draft, vocabulary: null)}}}""");
        }

        var parts = Table.Select(row => row.Vocabulary).Distinct().Select(vocabulary => $$"""{"type":{{type}},"properties":{{Properties(draft, vocabulary)}}}""");
        return JsonReader.ReadExact($$"""{"allOf":[{{string.Join(',', parts)}}],"type":{{type}}}""");
    }

    private static string Properties(int draft, string? vocabulary)
    {
        var rows = Table.Where(row => (vocabulary is null || row.Vocabulary == vocabulary) && row.From <= draft && draft <= row.To);
        var members = rows.SelectMany(row => row.Names.Split(' ').Select(name => GoSyntax.Quote(name) + ":" + row.Shape));
        return "{" + string.Join(',', members)
            .Replace("@", """{"$ref":"#"}""", StringComparison.Ordinal)
            .Replace("%", """["array","boolean","integer","null","number","object","string"]""", StringComparison.Ordinal) + "}";
    }
}
