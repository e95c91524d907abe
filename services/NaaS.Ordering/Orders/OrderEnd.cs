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
internal sealed class OrderEnd(ResourceStore store, IServiceInventory inventory, TimeProvider clock) : ITimerHandler
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

        if (end > now)
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
        // The date may have been moved since: then another timer waits for it.
        if (await store.FindForChangeAsync<ServiceOrder>(subject, cancellationToken) is not { } order || order.RequestedCompletionDate > clock.GetUtcNow())
        {
            return;
        }

        var plan = await store.GetForChangeAsync<OrderPlan>(subject, cancellationToken);
        foreach (var planned in plan.Items.Where(item => item is { Work: Work.Make or Work.Record, ServiceId: not null }))
        {
            await inventory.TerminateAsync(planned.ServiceId!, new Cause(CauseKind.Order, order.Id!, planned.ItemId), cancellationToken);
        }
    }
}
