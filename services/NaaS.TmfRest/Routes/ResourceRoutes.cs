using NaaS.Tmf.Shared;
using NaaS.TmfRest.Patches;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Routes;

/// <summary>
/// The route table of a resource. Handlers are plain methods that minimal APIs bind: a POST takes <see cref="Posted{T}"/>, a PATCH
/// <see cref="Patched{T}"/>, a DELETE <c>string id</c>, and whatever services they need. Each runs in a transaction that is saved and committed
/// when it returns, and runs again from the start where another request was faster, so it must have no other effect than on the
/// <see cref="ResourceStore"/> and its context. POST and PATCH return the resource; the kit writes it with status, ETag and Location.
/// </summary>
public sealed class ResourceRoutes<T>
    where T : TmfResource
{
    private readonly TmfRoutes routes;
    private readonly ResourceDefinition<T> resource;

    internal ResourceRoutes(TmfRoutes routes, ResourceDefinition<T> resource)
    {
        this.routes = routes;
        this.resource = resource;
    }

    private string One => $"/{resource.Name}/{{id}}";

    private string All => $"/{resource.Name}";

    /// <summary>GET of one and of the list, with fields, filters, sort and paging.</summary>
    public ResourceRoutes<T> MapReading()
    {
        Describe(routes.Group.MapGet(All, Reading<T>.ListAsync), "list").Produces<T[]>();
        Describe(routes.Group.MapGet(One, Reading<T>.GetAsync), "retrieve").Produces<T>();
        return this;
    }

    /// <summary>POST: answers 201.</summary>
    /// <param name="handler">Runs in the request's transaction.</param>
    /// <param name="before">What takes its time outside and is done before the transaction begins.</param>
    public ResourceRoutes<T> MapPost(Delegate handler, Func<Posted<T>, IServiceProvider, CancellationToken, Task>? before = null)
    {
        Writing(Describe(routes.Group.MapPost(All, handler), "create").Accepts<T>("application/json"), StatusCodes.Status201Created, Before(before))
            .Produces<T>(StatusCodes.Status201Created);
        return this;
    }

    /// <summary>PATCH in every media type that TMF630 names: answers 200.</summary>
    /// <inheritdoc cref="MapPost" path="/param"/>
    public ResourceRoutes<T> MapPatch(Delegate handler, Func<Patched<T>, IServiceProvider, CancellationToken, Task>? before = null)
    {
        Writing(Describe(routes.Group.MapPatch(One, handler), "patch").Accepts<T>(PatchMedia.Merge, PatchMedia.Json, PatchMedia.JsonPatch, PatchMedia.JsonPatchQuery), StatusCodes.Status200OK, Before(before))
            .Produces<T>();
        return this;
    }

    /// <summary>DELETE: answers 204.</summary>
    public ResourceRoutes<T> MapDelete(Delegate handler)
    {
        Writing(Describe(routes.Group.MapDelete(One, handler), "delete"), StatusCodes.Status204NoContent)
            .Produces(StatusCodes.Status204NoContent);
        return this;
    }

    private RouteHandlerBuilder Writing(RouteHandlerBuilder route, int status, Func<EndpointFilterInvocationContext, Task>? before = null) =>
        route.RequireAuthorization(routes.Api.WritePolicy).AddEndpointFilter(new UnitOfWork<T>(resource, status, routes.Time, before));

    private static Func<EndpointFilterInvocationContext, Task>? Before<TBody>(Func<TBody, IServiceProvider, CancellationToken, Task>? before) => before is null
        ? null
        : context => before(context.Arguments.OfType<TBody>().Single(), context.HttpContext.RequestServices, context.HttpContext.RequestAborted);

    private RouteHandlerBuilder Describe(RouteHandlerBuilder route, string verb)
    {
        route.WithTags(resource.Name).WithMetadata(resource);
        return routes.Described ? route.WithName($"{verb}{resource.Model.Name}") : route;
    }
}
