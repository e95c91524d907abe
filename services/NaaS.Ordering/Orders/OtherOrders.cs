using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>
/// The other orders that an order waits for. An order keeps in its plan who waits for it, and wakes them when it comes further.
/// </summary>
internal sealed class OtherOrders(ResourceStore store, TimeProvider clock)
{
    private const int MostOrders = 1000;

    /// <summary>What is wrong with the references: an order that is not there or not the caller's, an item that it has not.</summary>
    public async Task<IReadOnlyList<ItemError>> ComplaintsAsync(ServiceOrder order, Caller caller, CancellationToken cancellationToken)
    {
        List<ItemError> errors = [];
        foreach (var (orderId, itemId) in All(order))
        {
            var other = await store.FindAsync<ServiceOrder>(orderId, cancellationToken);
            if (other is null || !caller.Owns(other.RelatedParty))
            {
                errors.Add(new("unknown-order", $"There is no order {orderId}, which this one depends on"));
            }
            else if (itemId is not null && other.ItemOf(itemId) is null)
            {
                errors.Add(new("unknown-order-item", $"Order {orderId} has no item {itemId}, which this order depends on"));
            }
        }

        return errors;
    }

    /// <summary>Whether the order would wait for itself by way of others; a new order cannot, one whose references are changed can.</summary>
    public async Task<bool> IsCircularAsync(ServiceOrder order, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        var next = new Stack<string>(All(order).Select(reference => reference.OrderId));
        while (next.TryPop(out var id) && seen.Count < MostOrders)
        {
            if (id == order.Id)
            {
                return true;
            }

            if (seen.Add(id) && await store.FindAsync<ServiceOrder>(id, cancellationToken) is { } other)
            {
                All(other).ToList().ForEach(reference => next.Push(reference.OrderId));
            }
        }

        return false;
    }

    /// <summary>Has the other orders wake this one. Locks their plans, so that none comes to its end unseen meanwhile.</summary>
    public async Task JoinAsync(ServiceOrder order, CancellationToken cancellationToken)
    {
        foreach (var id in All(order).Select(reference => reference.OrderId).Distinct().Order(StringComparer.Ordinal))
        {
            if (await store.FindForChangeAsync<OrderPlan>(id, cancellationToken) is { } plan && !plan.Dependents.Contains(order.Id!))
            {
                plan.Dependents.Add(order.Id!);
                store.Update(plan);
            }
        }
    }

    /// <summary>How the orders stand that an item waits for.</summary>
    public async Task<(bool AreDone, string? Broken)> StandingAsync(ServiceOrder order, ServiceOrderItem item, CancellationToken cancellationToken)
    {
        var areDone = true;
        foreach (var (orderId, itemId) in Dependencies.Outside(order, item))
        {
            var other = await store.FindAsync<ServiceOrder>(orderId, cancellationToken);
            var state = itemId is null ? other?.State : other?.ItemOf(itemId)?.StateOf();
            if (state is null || (state.Value.IsFinal() && state != ServiceOrderStateType.Completed))
            {
                return (false, $"{(itemId is null ? "Order" : $"Item {itemId} of order")} {orderId}, which item {item.Id} depends on, is {(state is null ? "not there any more" : state)}");
            }

            areDone &= state == ServiceOrderStateType.Completed;
        }

        return (areDone, null);
    }

    /// <summary>Wakes those that wait for this order, once any of it has come to its end or it is deleted; the caller updates the plan.</summary>
    public void Wake(ServiceOrder order, OrderPlan plan, bool deleted = false)
    {
        if (plan.Dependents.Count == 0 || !(deleted || order.AllItems().Any(item => item.StateOf().IsFinal())))
        {
            return;
        }

        store.Db.Timers.AddRange(plan.Dependents.Select(id => new TimerRow { Kind = OrderStart.Name, Subject = id, DueAt = clock.GetUtcNow() }));
        if (order.State?.IsFinal() == true)
        {
            plan.Dependents.Clear();
        }
    }

    private static List<(string OrderId, string? ItemId)> All(ServiceOrder order) =>
        [.. order.AllItems().SelectMany(item => Dependencies.Outside(order, item)).Distinct()];
}
