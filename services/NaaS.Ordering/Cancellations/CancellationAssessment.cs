using NaaS.Contracts;
using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Cancellations;

/// <summary>Assesses a cancellation: denied after the point of no return, else what has been done is undone and the rest is called off.</summary>
internal sealed class CancellationAssessment(ResourceStore store, IServiceInventory inventory, ItemStarter starter, TimeProvider clock) : ITimerHandler
{
    public const string Name = "serviceOrder.cancel";

    public string Kind => Name;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var task = await store.GetForChangeAsync<CancelServiceOrder>(subject, cancellationToken);
        if (task.State == TaskStateType.Done)
        {
            return;
        }

        var order = await store.FindForChangeAsync<ServiceOrder>(task.ServiceOrder!.Id!, cancellationToken);
        if (order?.State?.IsFinal() != false)
        {
            CancellationEnd.Conclude(task, order is null ? "The order is not there any more" : $"The order has come to its end: {order.State}");
            store.Update(task);
            return;
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(order.Id!, cancellationToken);
        task.State = TaskStateType.InProgress;
        store.Update(task);
        Assessing.Begin(order, plan);
        OrderConclusion.Draw(order, clock.GetUtcNow());
        if (await Assessing.TooLateAsync(order, plan, inventory, cancellationToken) is { } reason)
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
        foreach (var (planned, item) in Assessing.Open(order, plan).Concat(Assessing.Done(order, plan)))
        {
            planned.Started = true;
            item.MoveTo(ServiceOrderStateType.PendingCancellation);
            if (!await IsAskedAsync(order, planned, cancellationToken))
            {
                ItemEvents.Cancel(order, item, new("cancelled", "Cancelled before it began"), clock.GetUtcNow());
            }
        }
    }

    /// <summary>Asks for what undoes the item; false where nothing was done that the worker could undo.</summary>
    private async Task<bool> IsAskedAsync(ServiceOrder order, PlannedItem planned, CancellationToken cancellationToken)
    {
        var cause = new Cause(CauseKind.Order, order.Id!, planned.ItemId);
        if (planned.Work is Work.Make or Work.Record)
        {
            return await inventory.TerminateAsync(planned.ServiceId!, cause, cancellationToken);
        }

        if (planned is not { Work: Work.Change, Sequence: { } sequence })
        {
            return false;
        }

        planned.Withdrawal = await inventory.WithdrawAsync(planned.ServiceId!, sequence, cause, cancellationToken);
        return true;
    }
}
