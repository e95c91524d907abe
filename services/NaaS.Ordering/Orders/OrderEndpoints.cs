using Microsoft.AspNetCore.Http;
using NaaS.Contracts;
using NaaS.Ordering.Plans;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;

namespace NaaS.Ordering.Orders;

/// <summary>TMF641: service orders.</summary>
internal static class OrderEndpoints
{
    private const string OpenSlice = "openslice";

    public static void Map(TmfRoutes routes) =>
        routes.MapResource<ServiceOrder>().MapReading().MapPost(CreateAsync).MapPatch(PatchAsync).MapDelete(DeleteAsync);

    private static Task<ServiceOrder> CreateAsync(
        Posted<ServiceOrder> posted, HttpContext context, OrderAcceptance acceptance, CancellationToken cancellationToken) =>
        acceptance.AcceptAsync(posted.Resource, posted.Body, new Sender(Caller.Of(context), posted.Dialect.Name == OpenSlice), cancellationToken);

    private static async Task<ServiceOrder> PatchAsync(Patched<ServiceOrder> patched, HttpContext context, ResourceStore store, OrderPatches patches, CancellationToken cancellationToken)
    {
        var change = await patched.ApplyAsync(store, cancellationToken);
        return await patches.ApplyAsync(change, new Sender(Caller.Of(context), patched.Dialect.Name == OpenSlice), cancellationToken);
    }

    /// <summary>Only what is over or has not begun can be deleted; the services of what has not begun are freed.</summary>
    private static async Task DeleteAsync(string id, ResourceStore store, IServiceInventory inventory, OtherOrders others, CancellationToken cancellationToken)
    {
        var order = await store.GetForChangeAsync<ServiceOrder>(id, cancellationToken);
        var plan = await store.GetForChangeAsync<OrderPlan>(id, cancellationToken);
        if (order.State?.IsFinal() != true)
        {
            if (plan.Items.Exists(item => item.Started))
            {
                throw new ResourceConflictException($"Order {id} is under way; cancel it first (cancelServiceOrder)");
            }

            foreach (var planned in plan.Items.Where(item => item.Work is Work.Make or Work.Record))
            {
                await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, id, planned.ItemId), cancellationToken);
            }
        }

        others.Wake(order, plan, deleted: true);
        store.Delete(order);
        store.Delete(plan);
    }
}
