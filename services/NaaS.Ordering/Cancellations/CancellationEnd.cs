using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Cancellations;

/// <summary>Ends a cancellation task with its order.</summary>
internal static class CancellationEnd
{
    /// <summary>Once the order has come to its end, its cancellation is done; the caller updates the plan.</summary>
    public static async Task DrawAsync(ResourceStore store, ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Cancellation is null || order.CompletionDate is null || await store.FindForChangeAsync<CancelServiceOrder>(plan.Cancellation, cancellationToken) is not { } task)
        {
            return;
        }

        plan.Cancellation = null;
        task.EffectiveCancellationDate = order.CancellationDate;
        Conclude(task, order.State == ServiceOrderStateType.Cancelled ? "The order is cancelled; what had been done is undone" : $"The order has come to its end: {order.State}");
        store.Update(task);
    }

    /// <summary>Done, as wished or not: the message tells.</summary>
    public static void Conclude(CancelServiceOrder task, string message)
    {
        task.State = TaskStateType.Done;
        task.CompletionMessage = message;
    }
}
