using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.Api.Tests.Documents;

/// <summary>The OpenAPI documents of the running code: equal to those in openapi/, and complete beside TM Forum's own.</summary>
public sealed class DocumentTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Bodies that we demand whole or write ourselves.</summary>
    private static readonly Regex Strict = new("^(.*_Create|Error|EventSubscription|EventSubscriptionInput|ServiceOrderItem)$");

    /// <summary>Where we differ from the official files on purpose, and why.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["path /listener/"] = "Clients serve these; they are callbacks of POST /hub",
        ["schema Addressable"] = "Used by no resource",
        ["schema Any"] = "Written as a schema without type",
        ["schema Attachment"] = "Used by no resource",
        ["schema AttachmentRef"] = "Used by no resource",
        ["schema CancelOrder"] = "Used by no resource",
        ["schema CharacteristicSpecificationBase"] = "Used by no resource",
        ["schema Entity"] = "Used by no resource",
        ["schema EntityRef"] = "Used by no resource",
        ["schema EntitySpecification"] = "Used by no resource",
        ["schema EntityValue"] = "Used by no resource",
        ["schema Extensible"] = "Its attributes stand in each schema",
        ["schema JeopardyAlert"] = "Used by no resource",
        ["schema Milestone"] = "Used by no resource",
        ["schema Place"] = "Used by no resource",
        ["schema PlaceRef"] = "Used by no resource",
        ["schema ServiceRef"] = "Used by no resource",
        ["schema Service"] = "Where no resource of the API is one: its attributes stand in ServiceRefOrValue",
        ["type CharacteristicValueSpecification.valueFrom"] = "number, so that 0.5 can be a bound",
        ["type CharacteristicValueSpecification.valueTo"] = "number, so that 0.5 can be a bound",
    };

    [Theory, InlineData("TMF633"), InlineData("TMF638"), InlineData("TMF641"), InlineData("TMF645")]
    public async Task The_document_in_the_tree_is_that_of_the_running_code(string api)
    {
        var running = (await DocumentAsync(api)).ToJsonString(Indented) + "\n";
        var file = Path.Combine(Repository.Root, "openapi", $"{api}.json");
        if (Environment.GetEnvironmentVariable("NAAS_WRITE_OPENAPI") is not null)
        {
            await File.WriteAllTextAsync(file, running, TestContext.Current.CancellationToken);
        }

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == running).ShouldBeTrue("NAAS_WRITE_OPENAPI=1 writes the document anew");
    }

    [Theory, InlineData("TMF633", "TMF633-v4.json"), InlineData("TMF638", "TMF638-v4.json"), InlineData("TMF641", "TMF641-v4.1.json")]
    public async Task Nothing_of_the_official_file_is_missing_but_what_is_listed(string api, string official)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Official(official), TestContext.Current.CancellationToken))!.AsObject();
        var ours = await DocumentAsync(api);

        var missing = Paths(file, ours).Concat(Schemas(file, ours)).Where(difference => !Differences.Keys.Any(known =>
            known.EndsWith('/') ? difference.StartsWith(known, StringComparison.Ordinal) : difference == known));

        missing.ShouldBeEmpty();
    }

    private static IEnumerable<string> Paths(JsonObject official, JsonObject ours)
    {
        foreach (var (path, operations) in official["paths"]!.AsObject())
        {
            if (ours["paths"]![path] is not { } served)
            {
                yield return $"path {path}";
                continue;
            }

            foreach (var (method, operation) in operations!.AsObject())
            {
                if (served[method] is not { } own)
                {
                    yield return $"operation {method} {path}";
                    continue;
                }

                if (own["operationId"]!.GetValue<string>() != operation!["operationId"]!.GetValue<string>())
                {
                    yield return $"operationId {method} {path}";
                }

                foreach (var status in operation["responses"]!.AsObject().Select(response => response.Key).Where(status => own["responses"]![status] is null))
                {
                    yield return $"response {method} {path} {status}";
                }

                var parameters = own["parameters"]?.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()).ToList() ?? [];
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    var isThere = parameter!["in"]!.GetValue<string>() == "body" ? own["requestBody"] is not null : parameters.Contains(parameter["name"]!.GetValue<string>());
                    if (!isThere)
                    {
                        yield return $"parameter {method} {path} {parameter["name"]}";
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Schemas(JsonObject official, JsonObject ours)
    {
        var schemas = ours["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in official["definitions"]!.AsObject())
        {
            if (schemas[name] is not { } own)
            {
                yield return $"schema {name}";
                continue;
            }

            foreach (var (attribute, type) in schema!["properties"]?.AsObject() ?? [])
            {
                if (own["properties"]?[attribute] is not { } described)
                {
                    yield return $"attribute {name}.{attribute}";
                }
                else if (Type(type!, schemas) != Type(described, schemas))
                {
                    yield return $"type {name}.{attribute}";
                }
            }

            // Parts of resources are taken as clients write them, OpenSlice without most of what the official files demand: so their schemas demand it no more.
            var demanded = own["required"]?.AsArray().Select(attribute => attribute!.GetValue<string>()).ToList() ?? [];
            foreach (var attribute in schema["required"]?.AsArray() ?? [])
            {
                if (Strict.IsMatch(name) && !demanded.Contains(attribute!.GetValue<string>()))
                {
                    yield return $"required {name}.{attribute}";
                }
            }

            foreach (var value in schema["enum"]?.AsArray() ?? [])
            {
                if (own["enum"]?.AsArray().Any(known => known!.GetValue<string>() == value!.GetValue<string>()) != true)
                {
                    yield return $"value {name} {value}";
                }
            }
        }
    }

    private static string Type(JsonNode schema, JsonObject schemas)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>().Split('/')[^1];
            return name == "Any" || schemas[name]?["properties"] is null && schemas[name]?["enum"] is null ? "any" : name;
        }

        return schema["type"]?.GetValue<string>() switch
        {
            "array" => $"{Type(schema["items"]!, schemas)}[]",
            { } type => $"{type} {(schema["format"]?.GetValue<string>() is "date-time" ? "date-time" : "")}".TrimEnd(),
            null => "any",
        };
    }

    private async Task<JsonObject> DocumentAsync(string api)
    {
        var server = await shared.GetAsync(() => ApiServer.StartAsync());
        return (await server.Web.Get($"/openapi/{api}.json")).ShouldBe(200).Object;
    }
}
