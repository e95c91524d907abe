using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Ports;

namespace NaaS.Ordering.Cancellations;

/// <summary>Whether an order can be cancelled, and how its items stand meanwhile.</summary>
internal static class Assessing
{
    /// <summary>Puts all open items under assessment.</summary>
    public static void Begin(ServiceOrder order, OrderPlan plan)
    {
        foreach (var (planned, item) in Open(order, plan).Where(open => open.Item.StateOf() != ServiceOrderStateType.AssessingCancellation))
        {
            planned.StateBefore = item.State;
            item.MoveTo(ServiceOrderStateType.AssessingCancellation);
        }
    }

    /// <summary>
    /// Why it is too late, or null. What is made or changed can be undone, completed or not, unless somebody else has changed the service since; an
    /// end that has begun cannot, since what is removed is gone.
    /// </summary>
    public static async Task<string?> TooLateAsync(ServiceOrder order, OrderPlan plan, IServiceInventory inventory, CancellationToken cancellationToken)
    {
        foreach (var (planned, item) in Open(order, plan).Concat(Done(order, plan)))
        {
            if (planned is { Started: true, Work: Work.End })
            {
                return $"Item {planned.ItemId} ends a service and has begun";
            }

            var mustBeLast = planned.Work == Work.Change || item.StateOf() == ServiceOrderStateType.Completed;
            if (mustBeLast && planned.Sequence is { } sequence && await inventory.WhyNotWithdrawAsync(planned.ServiceId!, sequence, cancellationToken) is { } reason)
            {
                return $"Item {planned.ItemId} cannot be undone: {reason}";
            }
        }

        return null;
    }

    /// <summary>Puts the items back to where they were.</summary>
    public static void Deny(ServiceOrder order, OrderPlan plan)
    {
        foreach (var (planned, item) in Open(order, plan).Where(open => open.Item.StateOf() == ServiceOrderStateType.AssessingCancellation))
        {
            item.MoveTo((planned.StateBefore ?? ServiceOrderItemStateType.Acknowledged).AsOrder());
            planned.StateBefore = null;
        }
    }

    /// <summary>The items that have not come to their end.</summary>
    public static IReadOnlyList<(PlannedItem Planned, ServiceOrderItem Item)> Open(ServiceOrder order, OrderPlan plan) =>
        [.. Each(order, plan).Where(pair => !pair.Item.StateOf().IsFinal())];

    /// <summary>The items that are completed and have done something.</summary>
    public static IReadOnlyList<(PlannedItem Planned, ServiceOrderItem Item)> Done(ServiceOrder order, OrderPlan plan) =>
        [.. Each(order, plan).Where(pair => pair.Item.StateOf() == ServiceOrderStateType.Completed && pair.Planned.Work != Work.None)];

    private static IEnumerable<(PlannedItem Planned, ServiceOrderItem Item)> Each(ServiceOrder order, OrderPlan plan) =>
        plan.Items.Select(planned => (planned, order.ItemOf(planned.ItemId)!));
}
