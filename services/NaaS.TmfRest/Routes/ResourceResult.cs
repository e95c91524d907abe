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
        await ResourceBody.WriteAsync(httpContext, resource, row, fields);
    }
}
