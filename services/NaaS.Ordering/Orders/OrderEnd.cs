using NaaS.Contracts;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>
/// The requestedCompletionDate of an order of OpenSlice has come: there it is the date on which the services end, and nobody else ends them.
/// </summary>
internal sealed class OrderEnd(ResourceStore store, IServiceInventory inventory, ItemStarter starter, TimeProvider clock) : ITimerHandler
{
    public const string Name = "serviceOrder.end";

    public string Kind => Name;

    /// <summary>
    /// Sets the timer of an order of OpenSlice. A date that has passed when it comes in never ends a service: portals send one that they computed
    /// long before, and a customer who wants the end says so.
    /// </summary>
    public static void Schedule(ResourceStore store, ServiceOrder order, OrderPlan plan, DateTimeOffset now)
    {
        if (!plan.Lenient || order.RequestedCompletionDate is not { } end)
        {
            return;
        }

        plan.EndHadPassed = end <= now;
        if (!plan.EndHadPassed)
        {
            store.Db.Timers.Add(new TimerRow { Kind = Name, Subject = order.Id!, DueAt = end });
        }
        else
        {
            ItemEvents.Note(order, "requestedCompletionDate has passed already, so the service does not end by itself", now);
        }
    }

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        // The date may have been moved since: then another timer waits for it, or none where it was moved into the past.
        if (await store.FindForChangeAsync<ServiceOrder>(subject, cancellationToken) is not { } order || order.RequestedCompletionDate > clock.GetUtcNow())
        {
            return;
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(subject, cancellationToken);
        if (plan.EndHadPassed)
        {
            return;
        }

        foreach (var planned in plan.Items.Where(item => item is { Work: Work.Make or Work.Record, ServiceId: not null }))
        {
            await EndAsync(order, planned, cancellationToken);
        }

        await starter.ProceedAsync(order, plan, cancellationToken);
        store.Update(order);
        store.Update(plan);
    }

    private async Task EndAsync(ServiceOrder order, PlannedItem planned, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if ((await inventory.FindAsync(planned.ServiceId!, cancellationToken))?.EndDate > now)
        {
            // A later date was set on the service itself.
            return;
        }

        await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, order.Id!, planned.ItemId), cancellationToken);
        if (!planned.Started)
        {
            planned.Started = true;
            ItemEvents.Cancel(order, order.ItemOf(planned.ItemId)!, new("ended", "requestedCompletionDate came before the service began"), now);
        }
    }
}
