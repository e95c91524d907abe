using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Protocol;

/// <summary>What a request does to objects, by verb.</summary>
internal static class ObjectEndpoints
{
    private const string PatchTypes = "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";

    public static Task HandleAsync(ApiRequest request)
    {
        if (request.Http.Request.Method is not ("GET" or "HEAD"))
        {
            request.Server.Faults.LetWrite(request.Type, request.Name);
        }
        return RouteAsync(request);
    }

    private static Task RouteAsync(ApiRequest request) => (request.Http.Request.Method, request.Name, request.Subresource) switch
    {
        ("GET" or "HEAD", _, null) when request.Flag("watch") && request.Http.Request.Query.ContainsKey("watch") => Watches.RespondAsync(OnOne(request)),
        ("GET" or "HEAD", null, null) => Lists.RespondAsync(request),
        ("GET" or "HEAD", { } name, null) => Replies.ObjectAsync(request, 200, request.Store.Get(request.Type, request.Namespace, name)),
        ("POST", null, null) => CreateAsync(request),
        ("PUT", not null, null) => UpdateAsync(request),
        ("PATCH", not null, null) => PatchAsync(request),
        ("DELETE", not null, null) => DeleteAsync(request),
        ("DELETE", null, null) => DeleteCollectionAsync(request),
        (_, not null, not null) => Subresources.HandleAsync(request),
        _ => throw ApiErrors.MethodNotAllowed(),
    };

    /// <summary>PUT of an object or of its status.</summary>
    public static async Task UpdateAsync(ApiRequest request)
    {
        var json = await ReadAsync(request);
        var meta = json.Need("metadata");
        if (meta.Str("name") is { Length: > 0 } name && name != request.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
        }
        meta["name"] = request.Name;
        if (request.Type.Custom && meta.Str("resourceVersion") is null or "")
        {
            _ = request.Store.Get(request.Type, request.Namespace, request.Name!);
            throw ApiErrors.Invalid(request.Type, request.Name!,
                [new FieldError("FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update")], byResource: true);
        }
        var warnings = new List<string>();
        var stored = request.Store.Update(request.Type, json, request.WriteOptions(warnings));
        await RespondAsync(request, 200, stored, warnings);
    }

    /// <summary>PATCH of an object or of its status, server-side apply among it.</summary>
    public static async Task PatchAsync(ApiRequest request)
    {
        var warnings = new List<string>();
        var options = request.WriteOptions(warnings);
        var mediaType = request.Http.Request.ContentType?.Split(';')[0].Trim();
        var body = Bodies.Parse(await Bodies.ReadAsync(request.Http.Request, request.Aborted), mediaType) ?? throw ApiErrors.BadRequest("error decoding patch: unexpected end of JSON input");
        switch (mediaType)
        {
            case "application/apply-patch+yaml" or "application/apply-patch+cbor":
                await ApplyAsync(request, body, options);
                return;
            case "application/strategic-merge-patch+json" when request.Type.Custom:
                throw ApiErrors.UnsupportedMediaType(PatchTypes);
            case "application/json-patch+json" or "application/merge-patch+json" or "application/strategic-merge-patch+json":
                var kind = mediaType[12] switch { 'j' => PatchKind.Json, 'm' => PatchKind.Merge, _ => PatchKind.Strategic };
                var stored = request.Store.Patch(request.Type, request.Namespace, request.Name!, kind, body, options,
                    request.Served.Conversion is null ? null : (request.Served.Out, request.Served.In));
                await RespondAsync(request, 200, stored, warnings);
                return;
            default:
                throw ApiErrors.UnsupportedMediaType($"application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
        }
    }

    private static async Task ApplyAsync(ApiRequest request, JsonNode body, WriteOptions options)
    {
        if (request.Query("fieldManager") is null or "")
        {
            throw new ApiStatusException(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
                new JsonObject { ["group"] = "meta.k8s.io", ["kind"] = "PatchOptions", ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldValueRequired", ["message"] = "Required value: is required for apply patch", ["field"] = "fieldManager" }) });
        }
        var config = body as JsonObject ?? throw ApiErrors.BadRequest("error decoding YAML: the applied configuration is not an object");
        CheckKind(request, config);
        CheckPlace(request, config.Need("metadata"));
        var isNew = !request.Store.TryFind(request.Type, request.Namespace, request.Name!, out _);
        var stored = request.Store.Apply(request.Type, request.Namespace, request.Name!, request.Served.In(config), options);
        await RespondAsync(request, isNew ? 201 : 200, stored, []);
    }

    private static async Task CreateAsync(ApiRequest request)
    {
        if (request.Type.Namespaced && request.Namespace is null)
        {
            throw ApiErrors.MethodNotAllowed();
        }
        var warnings = new List<string>();
        var options = request.WriteOptions(warnings);
        var stored = request.Store.Create(request.Type, await ReadAsync(request), options);
        await RespondAsync(request, 201, stored, warnings);
    }

    private static async Task DeleteAsync(ApiRequest request)
    {
        var options = await DeleteOptionsAsync(request);
        var (gone, last) = request.Store.Delete(request.Type, request.Namespace, request.Name!, options);
        await request.Server.KeepAsync(request.Http);
        if (!gone || request.Type == Kinds.Pods)
        {
            await Replies.ObjectAsync(request, 200, last);
            return;
        }
        await Replies.JsonAsync(request.Http, 200, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = Details(request, last),
        });
    }

    private static JsonObject Details(ApiRequest request, StoredObject last)
    {
        var details = new JsonObject { ["name"] = last.Name };
        if (request.Served.Group.Length > 0)
        {
            details["group"] = request.Served.Group;
        }
        details["kind"] = request.Type.Plural;
        details["uid"] = last.Uid;
        return details;
    }

    private static async Task DeleteCollectionAsync(ApiRequest request)
    {
        var options = await DeleteOptionsAsync(request);
        var chosen = request.Store.List(request.Type, request.Namespace,
            LabelSelector.Parse(request.Query("labelSelector")), FieldSelector.Parse(request.Query("fieldSelector"), request.Type));
        var deleted = new JsonArray();
        foreach (var item in chosen.Items)
        {
            try
            {
                deleted.Add(request.Served.Out(request.Store.Delete(request.Type, item.Namespace, item.Name, options).Last.Read()));
            }
            catch (ApiStatusException gone) when (gone.Code == 404)
            {
                // Somebody else was faster.
            }
        }
        await request.Server.KeepAsync(request.Http);
        await Replies.JsonAsync(request.Http, 200, new JsonObject
        {
            ["kind"] = request.Type.ListKind,
            ["apiVersion"] = request.Served.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = chosen.ResourceVersion.ToString(CultureInfo.InvariantCulture) },
            ["items"] = deleted,
        });
    }

    private static async Task<DeleteOptions> DeleteOptionsAsync(ApiRequest request)
    {
        var body = await Bodies.ReadObjectAsync(request.Http.Request, request.Aborted);
        var policy = body.Str("propagationPolicy") ?? request.Query("propagationPolicy");
        return new DeleteOptions
        {
            Propagation = policy switch
            {
                "Background" => Propagation.Background,
                "Foreground" => Propagation.Foreground,
                "Orphan" => Propagation.Orphan,
                null or "" => body.Bool("orphanDependents") == true ? Propagation.Orphan : null,
                _ => throw ApiErrors.BadRequest($"invalid propagationPolicy: {policy}"),
            },
            Uid = body.Str("preconditions", "uid"),
            ResourceVersion = body.Str("preconditions", "resourceVersion"),
            GracePeriodSeconds = body.Int("gracePeriodSeconds") ?? request.Number("gracePeriodSeconds"),
            DryRun = request.DryRun || body.Arr("dryRun") is { Count: > 0 },
        };
    }

    private static async Task RespondAsync(ApiRequest request, int code, StoredObject stored, List<string> warnings)
    {
        await request.Server.KeepAsync(request.Http);
        Replies.Warn(request.Http, warnings);
        await Replies.ObjectAsync(request, code, stored);
    }

    /// <summary>The object in the body, of the kind and in the namespace that the path names, as it is stored.</summary>
    private static async Task<JsonObject> ReadAsync(ApiRequest request)
    {
        var json = await Bodies.ReadObjectAsync(request.Http.Request, request.Aborted) ?? throw ApiErrors.BadRequest("the body of the request was empty");
        CheckKind(request, json);
        CheckPlace(request, json.Need("metadata"));
        return request.Served.In(json);
    }

    private static void CheckKind(ApiRequest request, JsonObject json)
    {
        if (json.Str("apiVersion") is { Length: > 0 } apiVersion && apiVersion != request.Served.ApiVersion)
        {
            throw ApiErrors.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({request.Served.ApiVersion})");
        }
        if (json.Str("kind") is { Length: > 0 } kind && kind != request.Type.Kind)
        {
            throw ApiErrors.BadRequest($"{kind} in version \"{request.Served.Version}\" cannot be handled as a {request.Type.Kind}: converting ({request.Served.ApiVersion}.{kind}) to ({request.Served.ApiVersion}.{request.Type.Kind}): unknown conversion");
        }
    }

    private static void CheckPlace(ApiRequest request, JsonObject meta)
    {
        if (!request.Type.Namespaced)
        {
            return;
        }
        if (meta.Str("namespace") is { Length: > 0 } ns && ns != request.Namespace)
        {
            throw ApiErrors.BadRequest($"the namespace of the provided object does not match the namespace sent on the request");
        }
        meta["namespace"] = request.Namespace;
    }

    /// <summary>A watch on one object is a watch with its name as selector.</summary>
    private static ApiRequest OnOne(ApiRequest request)
    {
        if (request.Name is not null)
        {
            request.Http.Request.Query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(request.Http.Request.Query)
            {
                ["fieldSelector"] = $"metadata.name={request.Name}",
            });
        }
        return request;
    }
}
