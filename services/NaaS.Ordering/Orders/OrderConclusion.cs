using NaaS.Tmf.Ordering;

namespace NaaS.Ordering.Orders;

/// <summary>Brings the order itself up to its items.</summary>
internal static class OrderConclusion
{
    /// <summary>Sets the order's state from its items, with the dates that go with it.</summary>
    /// <returns>Whether the state changed.</returns>
    public static bool Draw(ServiceOrder order, DateTimeOffset now)
    {
        var before = order.State ?? ServiceOrderStateType.Acknowledged;
        foreach (var state in OrderStates.Steps(before, OrderState.Of(order)))
        {
            order.State = state;
        }

        if (order.State is ServiceOrderStateType.InProgress or ServiceOrderStateType.Completed or ServiceOrderStateType.Partial or ServiceOrderStateType.Failed)
        {
            order.StartDate ??= now;
        }

        if (order.State?.IsFinal() == true)
        {
            order.CompletionDate ??= now;
            order.CancellationDate ??= order.State == ServiceOrderStateType.Cancelled ? now : null;
        }

        return order.State != before;
    }
}
