using System.Globalization;
using Microsoft.Extensions.Options;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Routes;

/// <summary>GET of a resource and of its list.</summary>
internal static class Reading<T>
    where T : TmfResource
{
    public static async Task<IResult> GetAsync(
        string id, HttpContext context, TmfDb db, ResourceReader reader, ResourceDefinitions resources, CancellationToken cancellationToken)
    {
        var resource = resources.Of<T>();
        var row = await reader.FindAsync(db, resource.Name, id, cancellationToken) ?? throw new ResourceNotFoundException(resource.Name, id);
        Ownership.Check(row, Ownership.Party(context, resource));
        return new ResourceResult(resource, row, StatusCodes.Status200OK);
    }

    public static async Task<IResult> ListAsync(
        HttpContext context, TmfDb db, ResourceDefinitions resources, IOptions<TmfOptions> options, CancellationToken cancellationToken)
    {
        var resource = resources.Of<T>();
        var asked = Ownership.Restrict(ResourceQuery.Parse(typeof(T), context.Request.Query), Ownership.Party(context, resource));
        var query = asked with { Limit = Math.Min(asked.Limit ?? int.MaxValue, options.Value.MaximumLimit) };
        var rows = query.Limit == 0 ? [] : await ResourceReader.ListAsync(db, resource.Name, query, cancellationToken);
        var total = query.Offset == 0 && rows.Count < query.Limit ? rows.Count : await query.CountAsync(db, resource.Name, cancellationToken);

        var headers = context.Response.Headers;
        headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        headers["X-Result-Count"] = rows.Count.ToString(CultureInfo.InvariantCulture);
        if (asked.IsPaged || rows.Count < total)
        {
            headers.Link = PageLinks.Of(context, query, total);
        }

        var isPart = options.Value.PartialContent && asked.IsPaged && rows.Count < total;
        return new ListResult(resource, rows, query.Fields, isPart ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK);
    }

    private sealed class ListResult(ResourceDefinition resource, List<ResourceRow> rows, FieldSelection fields, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return ResourceBody.WriteAsync(httpContext, resource, rows, fields);
        }
    }
}
