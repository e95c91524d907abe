using System.Text.Json.Nodes;
using NaaS.Sandbox.Patching;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>status, scale, a namespace's finalize, a pod's eviction.</summary>
internal static class Subresources
{
    private static readonly string[] ScaleMetadata = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    public static Task HandleAsync(ApiRequest request) => (request.Subresource, request.Http.Request.Method) switch
    {
        ("status", "GET") when request.Type.HasStatus => Replies.ObjectAsync(request, 200, request.Store.Get(request.Type, request.Namespace, request.Name!)),
        ("status", "PUT") when request.Type.HasStatus => ObjectEndpoints.UpdateAsync(request),
        ("status", "PATCH") when request.Type.HasStatus => ObjectEndpoints.PatchAsync(request),
        ("scale", "GET") when request.Type.Scale is not null => ScaleAsync(request, request.Store.Get(request.Type, request.Namespace, request.Name!)),
        ("scale", "PUT" or "PATCH") when request.Type.Scale is not null => WriteScaleAsync(request),
        ("finalize", "PUT") when request.Type == Kinds.Namespaces => FinalizeAsync(request),
        ("eviction", "POST") when request.Type == Kinds.Pods => EvictAsync(request),
        ("log" or "exec" or "attach" or "portforward", _) when request.Type == Kinds.Pods => throw new ApiStatusException(501, "NotImplemented",
            "the sandbox runs no containers: there are no logs, and nothing to attach to"),
        _ => throw ApiErrors.NoSuchResource(),
    };

    private static Task ScaleAsync(ApiRequest request, StoredObject item) => Replies.JsonAsync(request.Http, 200, Scale(request.Type, item.Read()));

    private static async Task WriteScaleAsync(ApiRequest request)
    {
        var mediaType = request.Http.Request.ContentType?.Split(';')[0].Trim();
        var body = Bodies.Parse(await Bodies.ReadAsync(request.Http.Request, request.Aborted), null) ?? throw ApiErrors.BadRequest("the body of the request was empty");
        var path = request.Type.Scale!.SpecReplicas.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var options = request.WriteOptions([]);
        var stored = request.Store.Edit(request.Type, request.Namespace, request.Name!, json =>
        {
            var wanted = Wanted(Scale(request.Type, json), body, request.Http.Request.Method == "PUT" ? null : mediaType);
            if (wanted.Str("metadata", "resourceVersion") is { Length: > 0 } version && version != json.Str("metadata", "resourceVersion"))
            {
                throw ApiErrors.Modified(request.Type, request.Name!);
            }
            var replicas = wanted.Int("spec", "replicas") ?? 0;
            if (replicas < 0)
            {
                throw ApiErrors.Invalid(Kinds.ScaleOf(request.Type), request.Name!, [FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0")]);
            }
            var parent = path[..^1].Aggregate(json, (node, name) => node.Need(name));
            parent[path[^1]] = replicas;
            return true;
        }, options);
        await request.Server.KeepAsync(request.Http);
        await ScaleAsync(request, stored);
    }

    private static JsonObject Wanted(JsonObject scale, JsonNode body, string? patch) => patch switch
    {
        null => body as JsonObject ?? throw ApiErrors.BadRequest("the body of the request is not an object"),
        "application/json-patch+json" => JsonPatch.Apply(scale, body),
        _ => MergePatch.Apply(scale, body),
    };

    private static JsonObject Scale(ResourceType type, JsonObject json)
    {
        var paths = type.Scale!;
        var meta = json.Obj("metadata")!;
        var scale = new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject(ScaleMetadata
                .Where(meta.ContainsKey).Select(f => KeyValuePair.Create(f, meta[f]?.DeepClone()))),
            ["spec"] = new JsonObject { ["replicas"] = json.At(Path(paths.SpecReplicas))?.DeepClone() ?? 0 },
            ["status"] = new JsonObject { ["replicas"] = json.At(Path(paths.StatusReplicas))?.DeepClone() ?? 0 },
        };
        var selector = paths.Selector is null ? null : json.At(Path(paths.Selector));
        var text = selector is JsonObject map
            ? (type == Kinds.ReplicationControllers ? LabelSelector.FromLabels(map) : LabelSelector.From(map))?.ToString()
            : selector.Str();
        if (text is not null)
        {
            scale.Obj("status")!["selector"] = text;
        }
        return scale;

        static string[] Path(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task FinalizeAsync(ApiRequest request)
    {
        var wanted = await Bodies.ReadObjectAsync(request.Http.Request, request.Aborted) ?? throw ApiErrors.BadRequest("the body of the request was empty");
        var stored = request.Store.Edit(request.Type, null, request.Name!, json =>
        {
            json.Need("spec")["finalizers"] = wanted.Arr("spec", "finalizers")?.DeepClone() ?? new JsonArray();
            return true;
        }, request.WriteOptions([]));
        await request.Server.KeepAsync(request.Http);
        await Replies.ObjectAsync(request, 200, stored);
    }

    private static async Task EvictAsync(ApiRequest request)
    {
        request.Store.Delete(request.Type, request.Namespace, request.Name!);
        await request.Server.KeepAsync(request.Http);
        await Replies.JsonAsync(request.Http, 201, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" });
    }
}
