using Microsoft.Net.Http.Headers;
using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>Refuses requests that accept no JSON.</summary>
internal sealed class AcceptFilter : IEndpointFilter
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        if (accept.Count > 0 && MediaTypeHeaderValue.TryParseList([.. accept.Select(value => value ?? "")], out var accepted)
            && accepted.Count > 0 && !accepted.Any(range => Json.IsSubsetOf(Plain(range)) && range.Quality is not 0))
        {
            throw new NotAcceptableException();
        }

        return next(context);
    }

    // Parameters such as charset or q do not change what is accepted.
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue range) => new(range.MediaType);
}
