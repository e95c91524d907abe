using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Orders;

/// <summary>The items of an order, nested ones included.</summary>
internal static class OrderItems
{
    /// <summary>All items, each before those inside it.</summary>
    public static IEnumerable<ServiceOrderItem> AllItems(this ServiceOrder order) => Flat(order.ServiceOrderItem);

    /// <summary>The item of that id.</summary>
    public static ServiceOrderItem? ItemOf(this ServiceOrder order, string? id) => order.AllItems().FirstOrDefault(item => item.Id == id);

    /// <summary>The state; an item that has none is acknowledged.</summary>
    public static ServiceOrderStateType StateOf(this ServiceOrderItem item) => (item.State ?? ServiceOrderItemStateType.Acknowledged).AsOrder();

    /// <summary>Moves the item along the table of states.</summary>
    /// <exception cref="InvalidOperationException">The table has no such way.</exception>
    public static void MoveTo(this ServiceOrderItem item, ServiceOrderStateType state)
    {
        foreach (var step in OrderStates.Steps(item.StateOf(), state))
        {
            item.State = step.AsItem();
        }
    }

    /// <summary>Whether the item says something about the order's state: noChange items only tell what surrounds the others.</summary>
    public static bool Counts(this ServiceOrderItem item) => item.Action != OrderItemActionType.NoChange;

    private static IEnumerable<ServiceOrderItem> Flat(IEnumerable<ServiceOrderItem>? items) => (items ?? []).SelectMany(item => Flat(item.Items).Prepend(item));
}
