using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NaaS.Contracts;
using NaaS.Inventory.Changes;
using NaaS.Inventory.Wishes;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;

namespace NaaS.Inventory.Services;

/// <summary>TMF638: services.</summary>
internal static class ServiceEndpoints
{
    public static void Map(TmfRoutes routes)
    {
        routes.MapResource<Service>().MapReading().MapPost(Create).MapPatch(PatchAsync).MapDelete(DeleteAsync);
        routes.Group.MapGet("/service/{id}/revision", RevisionsAsync).WithTags("service").Produces<Revision[]>();
    }

    /// <summary>Records a service that exists elsewhere; nothing is deployed.</summary>
    private static Service Create(Posted<Service> posted, ResourceStore store, TimeProvider clock)
    {
        var service = posted.Resource;
        if (service.ServiceSpecification?.Id == ServiceKinds.WorkloadSpecification)
        {
            throw new InvalidBodyFieldException("serviceSpecification.id: components are recorded from what runs, not by clients");
        }

        service.ServiceDate ??= TmfDate.Format(clock.GetUtcNow());
        store.Insert(service);
        return service;
    }

    private static async Task<Service> PatchAsync(Patched<Service> patched, ResourceStore store, ServicePatches patches, CancellationToken cancellationToken)
    {
        var change = await patched.ApplyAsync(store, cancellationToken);
        return await patches.ApplyAsync(change, patched.Dialect.Name == "openslice", cancellationToken);
    }

    private static async Task DeleteAsync(string id, HttpContext context, ResourceStore store, IServiceInventory inventory, CancellationToken cancellationToken)
    {
        var service = await store.GetForChangeAsync<Service>(id, cancellationToken);
        if (DialectRoute.Of(context).Dialect.Name == "openslice")
        {
            await EndAsync(service, store, inventory, cancellationToken);
            return;
        }

        if (service.State != ServiceStateType.Terminated)
        {
            throw new ResourceConflictException($"Service {id} is not terminated; end it by an order or by a PATCH of its state first");
        }

        store.Delete(service);
        if (await store.FindForChangeAsync<ServiceWish>(id, cancellationToken) is { } wish)
        {
            store.Delete(wish);
        }
    }

    // Portals delete to end. What has ended stays readable there: OpenSlice takes one that is gone for one that failed.
    private static async Task EndAsync(Service service, ResourceStore store, IServiceInventory inventory, CancellationToken cancellationToken)
    {
        if (service.State != ServiceStateType.Terminated && !service.IsComponent() && await store.FindAsync<ServiceWish>(service.Id!, cancellationToken) is not null)
        {
            await inventory.TerminateAsync(service.Id!, new Cause(CauseKind.Service, service.Id!), cancellationToken);
        }
    }

    /// <summary>The revisions of a service, oldest first: our extension of TMF638.</summary>
    private static async Task<IResult> RevisionsAsync(string id, HttpContext context, ResourceStore store, CancellationToken cancellationToken)
    {
        var service = await store.GetAsync<Service>(id, cancellationToken);
        if (!Caller.Of(context).Owns(service.RelatedParty))
        {
            throw new ResourceNotFoundException("service", id);
        }

        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        return Results.Json(wish?.Revisions ?? [], TmfJson.Options, "application/json;charset=utf-8");
    }
}
