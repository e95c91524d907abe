using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;

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
    /// Why it is too late, or null. What is completed has been handed over, and a change or an end that has begun cannot be called back; a service
    /// that is being made can be removed again.
    /// </summary>
    public static string? TooLate(ServiceOrder order, OrderPlan plan)
    {
        if (order.AllItems().FirstOrDefault(item => item.Counts() && item.StateOf() == ServiceOrderStateType.Completed) is { } completed)
        {
            return $"Item {completed.Id} is completed; order its change or its end instead";
        }

        var (begun, _) = Open(order, plan).FirstOrDefault(open => open.Planned is { Started: true, Work: Work.Change or Work.End });
        return begun is null ? null : $"Item {begun.ItemId} {(begun.Work == Work.End ? "ends" : "changes")} a service and has begun";
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
        [.. plan.Items.Select(planned => (planned, order.ItemOf(planned.ItemId)!)).Where(pair => !pair.Item2.StateOf().IsFinal())];
}
