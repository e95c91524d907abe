using System.Text.Json.Nodes;

namespace NaaS.Api.Tests.RandomRequests;

/// <summary>A request made from an OpenAPI document: often valid, often broken in one way.</summary>
internal sealed record RandomRequest(HttpMethod Method, string Path, string Template, string? Body, string? MediaType)
{
    public override string ToString() => $"{Method} {Path} {MediaType} {Body}";
}

/// <summary>Makes random requests.</summary>
internal sealed class RandomRequests(JsonObject document, Random random)
{
    private static readonly string[] Nasty =
    [
        "", " ", "null", "NaN", "-1", "1e400", "99999999999999999999999", "'", "\"", "%", "_", "*", "\\", "../..", "<script>", "ünï😀", "a\u0001b", "$", "@.x", "{0}", "{{", "2026-13-45T99:00:00Z",
        "2026-11-24T09:00Z", "true", "[?(@.a=='b')]", ";", ",", "a;b=c", "||", "\u202e",
    ];

    private readonly JsonObject schemas = document["components"]!["schemas"]!.AsObject();
    private readonly string root = document["servers"]![0]!["url"]!.GetValue<string>();

    public List<(string Template, string Id)> Created { get; } = [];

    public RandomRequest Next()
    {
        var paths = document["paths"]!.AsObject().ToList();
        var (template, operations) = paths[random.Next(paths.Count)];
        var methods = operations!.AsObject().Where(entry => entry.Key is not "parameters").ToList();
        var (verb, operation) = methods[random.Next(methods.Count)];
        var method = random.Next(40) == 0 ? HttpMethod.Put : new HttpMethod(verb.ToUpperInvariant());
        var path = root + template.Replace("{id}", Uri.EscapeDataString(Id(template)), StringComparison.Ordinal);
        var query = verb == "get" ? Query(operation!.AsObject(), template) : "";
        var (body, mediaType) = Body(operation!["requestBody"] as JsonObject);
        return new RandomRequest(method, path + query, template, body, mediaType);
    }

    private string Id(string template)
    {
        var collection = template.Replace("/{id}", "", StringComparison.Ordinal);
        var known = Created.Where(entry => entry.Template == collection).ToList();
        return known.Count > 0 && random.Next(4) > 0 ? known[random.Next(known.Count)].Id : random.Next(2) == 0 ? Guid.NewGuid().ToString() : "no.such-id";
    }

    private string Query(JsonObject operation, string template)
    {
        var parameters = new List<string>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if (parameter!["in"]!.GetValue<string>() == "query" && random.Next(4) == 0)
            {
                var name = parameter["name"]!.GetValue<string>();
                parameters.Add($"{name}={Uri.EscapeDataString(name is "offset" or "limit" && random.Next(3) > 0 ? $"{random.Next(20)}" : name == "filter" ? Filter(template) : Name(template))}");
            }
        }

        while (random.Next(2) == 0)
        {
            var operators = new[] { "", "", "", ".gt", ".gte", ".lt", ".lte", ".ne", ".eq", ".regex", ">", "<", "!", "*" };
            parameters.Add($"{Uri.EscapeDataString(Name(template) + operators[random.Next(operators.Length)])}={Uri.EscapeDataString(Text())}");
        }

        return parameters.Count == 0 ? "" : $"?{string.Join('&', parameters)}";
    }

    private string Filter(string template) => random.Next(3) switch
    {
        0 => $"[?(@.{Name(template)}=='{Text()}')]",
        1 => $"{Name(template)}[?(@.{Name(template)} > {random.Next(9)} && !@.name)]",
        _ => Text(),
    };

    private string Name(string template)
    {
        var resource = template.Split('/')[1];
        var schema = schemas.FirstOrDefault(entry => string.Equals(entry.Key, resource, StringComparison.OrdinalIgnoreCase)).Value;
        var names = new List<string>();
        for (var depth = 0; depth < 3 && schema?["properties"] is JsonObject properties && properties.Count > 0; depth++)
        {
            var (name, value) = properties.ToList()[random.Next(properties.Count)];
            names.Add(name);
            schema = Resolve(value!["items"] ?? value);
            if (random.Next(3) == 0)
            {
                break;
            }
        }

        return random.Next(15) == 0 ? Text() : string.Join('.', names);
    }

    private (string? Body, string? MediaType) Body(JsonObject? requestBody)
    {
        if (requestBody is null)
        {
            return (null, null);
        }

        var content = requestBody["content"]!.AsObject().ToList();
        var (mediaType, media) = content[random.Next(content.Count)];
        var schema = media!["schema"]!;
        var body = mediaType.Contains("json-patch", StringComparison.Ordinal) ? Patch(schema) : Value(Resolve(schema), 0)?.ToJsonString() ?? "null";
        return random.Next(25) switch
        {
            0 => (body[..(body.Length / 2)], mediaType),
            1 => (body, "text/plain"),
            2 => ("", mediaType),
            3 => (body.Replace("\"", "\"\\u0000", StringComparison.Ordinal), mediaType),
            _ => (body, mediaType),
        };
    }

    private string Patch(JsonNode _)
    {
        string[] paths = ["/name", "/description", "state", "/note/-", "/note/0", "/note/text?note.id=1", "/note[?(@.id=='1')]", "", "/", "/x~2", "/id", "/validFor/startDateTime", "/category/0/id"];
        string[] operations = ["add", "replace", "remove", "test", "move", "copy", "jump"];
        var patch = new JsonArray();
        for (var count = random.Next(4); count > 0; count--)
        {
            patch.Add(new JsonObject
            {
                ["op"] = operations[random.Next(operations.Length)],
                ["path"] = paths[random.Next(paths.Length)],
                ["from"] = paths[random.Next(paths.Length)],
                ["value"] = random.Next(3) switch { 0 => Text(), 1 => new JsonObject { ["text"] = "t", ["id"] = "1" }, _ => 7 },
            });
        }

        return patch.ToJsonString();
    }

    private JsonNode? Value(JsonNode? schema, int depth)
    {
        if (random.Next(60) == 0)
        {
            return random.Next(4) switch { 0 => null, 1 => new JsonArray(), 2 => new JsonObject { ["odd"] = true }, _ => random.Next() };
        }

        return schema?["type"]?.GetValue<string>() switch
        {
            "object" when schema["properties"] is JsonObject properties => Object(schema, properties, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, depth > 4 ? 0 : random.Next(3)).Select(_ => Value(Resolve(schema["items"]), depth + 1))]),
            "integer" => random.Next(-3, 12),
            "number" => Math.Round(random.NextDouble() * 100, 2),
            "boolean" => random.Next(2) == 0,
            "string" when schema["enum"] is JsonArray values => values[random.Next(values.Count)]!.GetValue<string>(),
            "string" when schema["format"]?.GetValue<string>() == "date-time" => DateTimeOffset.UnixEpoch.AddMinutes(random.Next(40_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            "string" => random.Next(3) == 0 ? Text() : $"text{random.Next(50)}",
            _ => random.Next(3) switch { 0 => Text(), 1 => random.Next(), _ => new JsonObject { ["value"] = "v", ["alias"] = "" } },
        };
    }

    private JsonObject Object(JsonNode schema, JsonObject properties, int depth)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet() ?? [];
        var value = new JsonObject();
        foreach (var (name, property) in properties)
        {
            if ((required.Contains(name) && random.Next(50) > 0) || (depth < 5 && random.Next(3 + depth) == 0))
            {
                value[name] = name switch
                {
                    // Orders are refused for doubled item ids and unknown services, which would leave few to go on with.
                    "id" when random.Next(10) > 0 => $"id{random.Next(1_000_000)}",
                    "action" when random.Next(4) > 0 => "add",
                    "serviceOrderItemRelationship" when random.Next(4) > 0 => new JsonArray(),
                    _ => Value(Resolve(property), depth + 1),
                };
            }
        }

        if (random.Next(5) == 0)
        {
            value["x-extra"] = Text();
        }

        return value;
    }

    private JsonNode? Resolve(JsonNode? schema) =>
        schema?["$ref"] is { } reference ? schemas[reference.GetValue<string>().Split('/')[^1]] : schema;

    private string Text() => Nasty[random.Next(Nasty.Length)];
}
