using NaaS.Contracts;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Cancellations;

/// <summary>Assesses a cancellation: denied after the point of no return, else what has begun is undone and the rest is called off.</summary>
internal sealed class CancellationAssessment(ResourceStore store, IServiceInventory inventory, ItemStarter starter, TimeProvider clock) : ITimerHandler
{
    public const string Name = "serviceOrder.cancel";

    public string Kind => Name;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var task = await store.GetForChangeAsync<CancelServiceOrder>(subject, cancellationToken);
        if (await store.FindForChangeAsync<ServiceOrder>(task.ServiceOrder!.Id!, cancellationToken) is not { } order)
        {
            CancellationEnd.Conclude(task, "The order is not there any more");
            store.Update(task);
            return;
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(order.Id!, cancellationToken);
        task.State = TaskStateType.InProgress;
        store.Update(task);
        Assessing.Begin(order, plan);
        if (Assessing.TooLate(order, plan) is { } reason)
        {
            Assessing.Deny(order, plan);
            plan.Cancellation = null;
            CancellationEnd.Conclude(task, $"Denied: {reason}");
            await starter.ProceedAsync(order, plan, cancellationToken);
        }
        else
        {
            order.CancellationReason ??= task.CancellationReason;
            await UndoAsync(order, plan, cancellationToken);
            starter.Conclude(order, plan);
            await CancellationEnd.DrawAsync(store, order, plan, cancellationToken);
        }

        store.Update(task);
        store.Update(order);
        store.Update(plan);
    }

    private async Task UndoAsync(ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        foreach (var (planned, item) in Assessing.Open(order, plan))
        {
            planned.Started = true;
            item.MoveTo(ServiceOrderStateType.PendingCancellation);
            var isMade = planned.Work is Work.Make or Work.Record;
            if (isMade && await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, order.Id!, item.Id), cancellationToken))
            {
                continue;
            }

            ItemEvents.Cancel(order, item, new("cancelled", "Cancelled before it began"), clock.GetUtcNow());
        }
    }
}
