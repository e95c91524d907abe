using NaaS.TmfRest.Errors;

namespace NaaS.TmfRest.Routes;

/// <summary>
/// Answers a read with an empty id (<c>serviceOrder/</c>) as one that is not there, not with the list: OpenSlice sends it when it has lost an id.
/// </summary>
internal sealed class EmptyIdFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) && request.Path.Value!.EndsWith('/')
            ? throw new ResourceNotFoundException(request.Path.Value.Split('/')[^2], "")
            : next(context);
    }
}
