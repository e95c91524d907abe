using System.Reflection;
using System.Text.Json.Nodes;
using NaaS.Tmf.Dialects;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Patches;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Routes;

/// <summary>The body of a PATCH, to be applied to the stored resource.</summary>
public sealed class Patched<T> : IBindableFromHttpContext<Patched<T>>
    where T : TmfResource
{
    private readonly HttpContext context;
    private readonly JsonNode body;
    private readonly string mediaType;

    private Patched(HttpContext context, string mediaType, JsonNode body)
    {
        this.context = context;
        this.mediaType = mediaType;
        this.body = body;
        Id = (string)context.Request.RouteValues["id"]!;
        Dialect = DialectRoute.Of(context).Dialect;
    }

    /// <summary>Id of the resource.</summary>
    public string Id { get; }

    /// <summary>The client's dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<Patched<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var type = RequestBody.MediaType(context.Request);
        var body = type switch
        {
            PatchMedia.Merge or PatchMedia.Json => await RequestBody.ReadObjectAsync(context.Request),
            PatchMedia.JsonPatch or PatchMedia.JsonPatchQuery => await RequestBody.ReadAsync(context.Request),
            _ => throw new UnsupportedMediaTypeException($"{type} cannot be read; {PatchMedia.All} can"),
        };
        if (body is JsonObject fields && type is PatchMedia.Merge or PatchMedia.Json)
        {
            OlderNames.Replace(body);
        }

        return new Patched<T>(context, type, body);
    }

    /// <summary>
    /// Reads the resource for change, holds it against If-Match, applies the patch, and checks the result: protected attributes, types, the resource's
    /// validator. Nothing is stored: the caller judges the change and gives <see cref="Change{T}.After"/> to <see cref="ResourceStore.Update{T}"/>.
    /// </summary>
    public async Task<Change<T>> ApplyAsync(ResourceStore store, CancellationToken cancellationToken)
    {
        var definition = context.RequestServices.GetRequiredService<ResourceDefinitions>().Of<T>();
        var addresses = context.RequestServices.GetRequiredService<Addresses>();
        var before = await store.GetForChangeAsync<T>(Id, cancellationToken);
        var document = TmfJson.Write(before);
        addresses.WithAddress(definition, Id, document, DialectRoute.Of(context).Prefix);
        var changed = Patch(definition, document.DeepClone().AsObject());
        var changes = document.Select(field => field.Key).Union(changed.Select(field => field.Key))
            .Where(name => !JsonNode.DeepEquals(document[name], changed[name]))
            .ToHashSet(StringComparer.Ordinal);
        var touched = definition.NotPatchable.Where(changes.Contains).ToList();
        if (touched.Count > 0)
        {
            throw new InvalidBodyFieldException($"{string.Join(", ", touched)} cannot be changed");
        }

        var missing = definition.Required.Where(name => changed[name] is null or JsonArray { Count: 0 }).ToList();
        if (missing.Count > 0)
        {
            throw new MissingBodyFieldException($"{string.Join(", ", missing)} cannot be removed");
        }

        var after = JsonErrors.Read<T>(changed);
        Shape.Check(context, after);
        return new Change<T>(before, after, changes);
    }

    private JsonObject Patch(ResourceDefinition definition, JsonObject document)
    {
        switch (mediaType)
        {
            case PatchMedia.JsonPatch:
                return JsonPatch.Apply(document, body, withQueries: false);
            case PatchMedia.JsonPatchQuery:
                return JsonPatch.Apply(document, body, withQueries: true);
            default:
                var patch = Dialect.ReadPatch(definition.Name, document.DeepClone().AsObject(), body.DeepClone().AsObject());
                return MergePatch.Apply(document, patch);
        }
    }
}
