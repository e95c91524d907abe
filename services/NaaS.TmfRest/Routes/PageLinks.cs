using Microsoft.AspNetCore.Http.Extensions;
using NaaS.TmfRest.Queries;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Routes;

/// <summary>The Link header of a page; all other query parameters are kept.</summary>
internal static class PageLinks
{
    public static string Of(HttpContext context, ResourceQuery query, int total)
    {
        var limit = query.Limit is > 0 ? query.Limit.Value : Math.Max(total, 1);
        var last = Math.Max(0, (total - 1) / limit * limit);
        var links = new List<string> { Link("self", query.Offset), Link("first", 0) };
        if (query.Offset > 0)
        {
            links.Add(Link("prev", Math.Max(0, query.Offset - limit)));
        }

        if (query.Offset + limit < total)
        {
            links.Add(Link("next", query.Offset + limit));
        }

        links.Add(Link("last", last));
        return string.Join(", ", links);

        string Link(string relation, int offset)
        {
            var parameters = new QueryBuilder(context.Request.Query.Where(parameter => parameter.Key is not ("offset" or "limit")))
            {
                { "offset", $"{offset}" },
                { "limit", $"{limit}" },
            };
            var root = context.RequestServices.GetRequiredService<Addresses>().Root;
            return $"<{root}{context.Request.Path.ToUriComponent()}{parameters.ToQueryString()}>; rel=\"{relation}\"";
        }
    }
}
