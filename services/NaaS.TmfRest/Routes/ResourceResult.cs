using System.Text.Json.Nodes;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Routes;

/// <summary>Answers with one resource: body in the request's dialect and with its fields, ETag, Last-Modified, Location when created.</summary>
internal sealed class ResourceResult(ResourceDefinition resource, ResourceRow row, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = ETag.Of(row);
        response.Headers.LastModified = row.ChangedAt.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var dialect = DialectRoute.Of(httpContext);
        if (status == StatusCodes.Status201Created)
        {
            response.Headers.Location = httpContext.RequestServices.GetRequiredService<Addresses>().Of(resource, row.Id, dialect.Prefix);
        }

        if (status == StatusCodes.Status200OK && EntityTags.Read(httpContext.Request.Headers.IfNoneMatch)?.Contains(ETag.Of(row)) == true)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        var fields = FieldSelection.Parse(httpContext.Request.Query["fields"]);
        await JsonAnswer.WriteAsync(response, ResourceBody.Of(httpContext, resource, row, fields));
    }
}

/// <summary>The body that a client sees.</summary>
internal static class ResourceBody
{
    public static JsonObject Of(HttpContext context, ResourceDefinition resource, ResourceRow row, FieldSelection fields)
    {
        var dialect = DialectRoute.Of(context);
        var document = JsonNode.Parse(row.Document)!.AsObject();
        resource.ForReaders?.Invoke(document);
        var addressed = context.RequestServices.GetRequiredService<Addresses>().WithAddress(resource, row.Id, document, dialect.Prefix);
        return fields.Apply(dialect.Dialect.WriteResponse(resource.Name, addressed));
    }
}

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    public const string MediaType = "application/json;charset=utf-8";

    public static async Task WriteAsync(HttpResponse response, JsonNode body)
    {
        response.ContentType = MediaType;
        await using (var writer = new System.Text.Json.Utf8JsonWriter(response.BodyWriter, new() { Encoder = TmfJson.Options.Encoder, SkipValidation = true }))
        {
            body.WriteTo(writer, TmfJson.Options);
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
