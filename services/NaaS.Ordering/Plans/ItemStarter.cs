using NaaS.Contracts;
using NaaS.Ordering.Orders;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;

namespace NaaS.Ordering.Plans;

/// <summary>Starts the items whose time has come and whose dependencies are met, and brings the order up to its items.</summary>
internal sealed class ItemStarter(IServiceInventory inventory, OtherOrders others, TimeProvider clock)
{
    /// <summary>Does all that can be done now; the caller updates order and plan.</summary>
    public async Task ProceedAsync(ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        // An item that completes at once may free others.
        while (await StepAsync(order, plan, cancellationToken))
        {
        }

        Conclude(order, plan);
    }

    /// <summary>Brings the order up to its items and wakes the orders that wait for it; the caller updates order and plan.</summary>
    public void Conclude(ServiceOrder order, OrderPlan plan)
    {
        OrderConclusion.Draw(order, clock.GetUtcNow());
        others.Wake(order, plan);
    }

    private async Task<bool> StepAsync(ServiceOrder order, OrderPlan plan, CancellationToken cancellationToken)
    {
        var moved = false;
        foreach (var planned in plan.Items.Where(item => !item.Started))
        {
            var item = order.ItemOf(planned.ItemId)!;
            if (item.StateOf() is not (ServiceOrderStateType.Acknowledged or ServiceOrderStateType.Pending))
            {
                continue;
            }

            var (areDone, reason) = await others.StandingAsync(order, item, cancellationToken);
            if (Dependencies.Broken(order, item) is { } broken)
            {
                reason = $"Item {broken.Id}, which item {item.Id} depends on, is {broken.State}";
            }

            if (reason is not null)
            {
                await GiveUpAsync(order, item, planned, reason, cancellationToken);
                moved = true;
            }
            else if (order.RequestedStartDate > clock.GetUtcNow() || !areDone || !Dependencies.AreMet(order, item))
            {
                ItemEvents.Postpone(item);
            }
            else
            {
                await StartAsync(order, item, planned, plan.Lenient, cancellationToken);
                moved = true;
            }
        }

        return moved;
    }

    private async Task GiveUpAsync(ServiceOrder order, ServiceOrderItem item, PlannedItem planned, string reason, CancellationToken cancellationToken)
    {
        planned.Started = true;
        ItemEvents.Cancel(order, item, new("dependency-failed", reason), clock.GetUtcNow());
        if (planned.Work is Work.Make or Work.Record)
        {
            await inventory.TerminateAsync(planned.ServiceId!, CauseOf(order, item), cancellationToken);
        }
    }

    private async Task StartAsync(ServiceOrder order, ServiceOrderItem item, PlannedItem planned, bool lenient, CancellationToken cancellationToken)
    {
        planned.Started = true;
        if (item.StateOf() == ServiceOrderStateType.Pending)
        {
            ItemEvents.Begin(item);
        }

        var cause = CauseOf(order, item);
        switch (planned.Work)
        {
            case Work.Make:
                planned.Sequence = await inventory.StartAsync(planned.ServiceId!, cause, cancellationToken);
                break;
            case Work.Change:
                await ChangeAsync(order, item, planned, lenient, cancellationToken);
                break;
            case Work.End when await inventory.TerminateAsync(planned.ServiceId!, cause, cancellationToken):
                break;
            default:
                ItemEvents.Complete(item);
                break;
        }
    }

    private async Task ChangeAsync(ServiceOrder order, ServiceOrderItem item, PlannedItem planned, bool lenient, CancellationToken cancellationToken)
    {
        var answer = await inventory.ChangeAsync(planned.ServiceId!, planned.Changes, lenient ? null : planned.Active, CauseOf(order, item), lenient, cancellationToken);
        (planned.Changes, planned.Sequence) = ([], answer.Sequence);
        if (!answer.IsAccepted)
        {
            ItemEvents.Fail(order, item, new("change-refused", answer.Reasons), clock.GetUtcNow());
        }
        else if (!answer.Changed)
        {
            ItemEvents.Complete(item);
        }
    }

    private static Cause CauseOf(ServiceOrder order, ServiceOrderItem item) => new(CauseKind.Order, order.Id!, item.Id);
}
