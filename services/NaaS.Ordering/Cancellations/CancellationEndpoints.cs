using Microsoft.AspNetCore.Http;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Cancellations;

/// <summary>TMF641: cancelServiceOrder, a task that is created and then read until it is done.</summary>
internal static class CancellationEndpoints
{
    public static void Map(TmfRoutes routes) => routes.MapResource<CancelServiceOrder>().MapReading().MapPost(CreateAsync);

    /// <summary>Accepts the wish; whether it can be granted is assessed afterwards, or at the requested date.</summary>
    private static async Task<CancelServiceOrder> CreateAsync(
        Posted<CancelServiceOrder> posted, HttpContext context, ResourceStore store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var task = posted.Resource;
        if (task.ServiceOrder?.Id is not { Length: > 0 } orderId)
        {
            throw new MissingBodyFieldException("serviceOrder.id is missing");
        }

        var order = await store.GetForChangeAsync<ServiceOrder>(orderId, cancellationToken);
        if (!Caller.Of(context).Owns(order.RelatedParty))
        {
            throw new ResourceNotFoundException("serviceOrder", orderId);
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(orderId, cancellationToken);
        if (order.State?.IsFinal() == true)
        {
            throw new ResourceConflictException($"Order {orderId} has come to its end: {order.State}");
        }

        if (plan.Cancellation is not null)
        {
            throw new ResourceConflictException($"Order {orderId} is being cancelled already by {plan.Cancellation}");
        }

        task.State = TaskStateType.Accepted;
        store.Insert(task);
        plan.Cancellation = task.Id;
        if (task.RequestedCancellationDate is not { } date || date <= clock.GetUtcNow())
        {
            Assessing.Begin(order, plan);
            OrderConclusion.Draw(order, clock.GetUtcNow());
        }

        store.Db.Timers.Add(new TimerRow { Kind = CancellationAssessment.Name, Subject = task.Id!, DueAt = task.RequestedCancellationDate ?? clock.GetUtcNow() });
        store.Update(order);
        store.Update(plan);
        return task;
    }
}
