using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Schemas;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>OpenAPI v3 per group and version, and v2, from the kinds' shapes: what <c>kubectl apply</c> and <c>kubectl explain</c> read.</summary>
internal static class OpenApi
{
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation"];

    /// <summary><c>/openapi/v3</c>: where the documents are.</summary>
    public static Task IndexAsync(HttpContext http, ApiServer server)
    {
        var paths = new JsonObject();
        foreach (var (group, version) in Served.All(server.Store).Select(s => (s.Group, s.Version)).Distinct().Order())
        {
            var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{server.Path}/openapi/v3/{path}?hash={Hash(server.Store, group, version)}" };
        }
        return Replies.JsonAsync(http, 200, new JsonObject { ["paths"] = paths });
    }

    /// <summary><c>/openapi/v3/apis/apps/v1</c>.</summary>
    public static Task GroupAsync(HttpContext http, ApiServer server, string group, string version)
    {
        var kinds = Served.All(server.Store).Where(s => s.Group == group && s.Version == version).ToList();
        if (kinds.Count == 0)
        {
            throw ApiErrors.NoSuchResource();
        }
        var schemas = new Definitions("#/components/schemas/");
        var paths = new JsonObject();
        foreach (var kind in kinds)
        {
            var name = schemas.AddKind(kind, server.Store.ShapeOf(kind.Type));
            AddPaths(paths, kind, schemas.Reference(name));
        }
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.2" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Json },
        });
    }

    /// <summary>
    /// <c>/openapi/v2</c>: definitions only. In protobuf it is an empty document, with which kubectl leaves validation to the server.
    /// </summary>
    public static Task SwaggerAsync(HttpContext http, ApiServer server)
    {
        if (http.Request.Headers.Accept.ToString().Contains("proto-openapi.spec.v2", StringComparison.Ordinal))
        {
            return Replies.BytesAsync(http, 200, ReadOnlyMemory<byte>.Empty, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        }
        var schemas = new Definitions("#/definitions/");
        foreach (var kind in Served.All(server.Store))
        {
            schemas.AddKind(kind, server.Store.ShapeOf(kind.Type));
        }
        return Replies.JsonAsync(http, 200, new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.2" },
            ["paths"] = new JsonObject(),
            ["definitions"] = schemas.Json,
        });
    }

    private static string Hash(ObjectStore store, string group, string version) =>
        Served.All(store).Where(s => s.Group == group && s.Version == version).Aggregate(17L, (h, s) => (h * 31) + StringComparer.Ordinal.GetHashCode(s.Type.Plural))
            .ToString("X", CultureInfo.InvariantCulture);

    private static void AddPaths(JsonObject paths, Served kind, JsonObject reference)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var collection = kind.Type.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Type.Plural}" : $"{root}/{kind.Type.Plural}";
        paths[collection] = new JsonObject { ["get"] = Operation("list", kind, reference), ["post"] = Operation("post", kind, reference) };
        paths[collection + "/{name}"] = new JsonObject
        {
            ["get"] = Operation("get", kind, reference),
            ["put"] = Operation("put", kind, reference),
            ["patch"] = Operation("patch", kind, reference),
            ["delete"] = Operation("delete", kind, reference),
        };
    }

    private static JsonObject Operation(string action, Served kind, JsonObject reference)
    {
        var operation = new JsonObject
        {
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "OK",
                    ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = reference.DeepClone() } },
                },
            },
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = Gvk(kind),
        };
        if (action is "post" or "put" or "patch")
        {
            operation["parameters"] = new JsonArray([.. WriteParameters.Append(action == "patch" ? "force" : "pretty").Select(Parameter)]);
        }
        return operation;
    }

    private static JsonObject Parameter(string name) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["schema"] = new JsonObject { ["type"] = name == "force" ? "boolean" : "string", ["uniqueItems"] = true },
    };

    private static JsonObject Gvk(Served kind) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Type.Kind };

    /// <summary>Definitions of shapes, those with a name referred to.</summary>
    private sealed class Definitions(string prefix)
    {
        public JsonObject Json { get; } = [];

        public string AddKind(Served kind, Schema shape)
        {
            var name = Add(shape);
            var gvks = Json.Obj(name)!["x-kubernetes-group-version-kind"] as JsonArray ?? [];
            gvks.Add(Gvk(kind));
            Json.Obj(name)!["x-kubernetes-group-version-kind"] ??= gvks;
            return name;
        }

        public JsonObject Reference(string name) => new() { ["$ref"] = prefix + name };

        private string Add(Schema shape)
        {
            var name = shape.Name!;
            if (!Json.ContainsKey(name))
            {
                Json[name] = new JsonObject();
                Json[name] = Describe(shape);
            }
            return name;
        }

        private JsonObject Of(Schema shape)
        {
            if (shape.Name is null)
            {
                return Describe(shape);
            }
            return prefix.StartsWith("#/definitions", StringComparison.Ordinal)
                ? Reference(Add(shape))
                : new JsonObject { ["allOf"] = new JsonArray(Reference(Add(shape))) };
        }

        private JsonObject Describe(Schema shape)
        {
            var json = new JsonObject();
            if (shape.Description is not null)
            {
                json["description"] = shape.Description;
            }
            switch (shape.Type)
            {
                case SchemaType.Object:
                    json["type"] = "object";
                    if (shape.Fields.Count > 0)
                    {
                        json["properties"] = new JsonObject(shape.Fields.OrderBy(f => f.Key, StringComparer.Ordinal)
                            .Select(f => KeyValuePair.Create(f.Key, (JsonNode?)Field(f.Value))));
                    }
                    if (shape.Required.Count > 0)
                    {
                        json["required"] = new JsonArray([.. shape.Required.Select(r => JsonValue.Create(r))]);
                    }
                    if (shape.KeepsUnknown)
                    {
                        json["x-kubernetes-preserve-unknown-fields"] = true;
                    }
                    break;
                case SchemaType.Map:
                    json["type"] = "object";
                    json["additionalProperties"] = Of(shape.Items);
                    break;
                case SchemaType.List:
                    json["type"] = "array";
                    json["items"] = Of(shape.Items);
                    break;
                case SchemaType.IntOrString:
                    json["type"] = "string";
                    json["format"] = "int-or-string";
                    break;
                case SchemaType.Any:
                    json["x-kubernetes-preserve-unknown-fields"] = true;
                    break;
                default:
                    json["type"] = shape.Type.ToString().ToLowerInvariant();
                    break;
            }
            return json;
        }

        private JsonObject Field(Schema shape)
        {
            var json = Of(shape);
            if (shape.Format is not null && shape.Type != SchemaType.IntOrString)
            {
                json["format"] = shape.Format;
            }
            if (shape.Default is not null)
            {
                json["default"] = shape.Default.DeepClone();
            }
            if (shape.Type == SchemaType.List)
            {
                json["x-kubernetes-list-type"] = shape.Keys is not null ? "map" : shape.Set ? "set" : "atomic";
                if (shape.Keys is not null)
                {
                    json["x-kubernetes-list-map-keys"] = new JsonArray([.. shape.Keys.Select(k => JsonValue.Create(k))]);
                }
            }
            if (shape.Atomic)
            {
                json["x-kubernetes-map-type"] = "atomic";
            }
            if (shape.PatchKey is not null)
            {
                json["x-kubernetes-patch-merge-key"] = shape.PatchKey;
            }
            if (shape.PatchStrategy is not null)
            {
                json["x-kubernetes-patch-strategy"] = shape.PatchStrategy;
            }
            return json;
        }
    }
}
