using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.Tmf.Shared;

namespace NaaS.Ordering.Orders;

/// <summary>What an item asks for: its action, and the state that its service shall have in the end.</summary>
internal static class TargetState
{
    /// <summary>
    /// The work. OpenSlice's <c>feasibilityChecked</c> means nothing: it sends that with every order.
    /// </summary>
    public static Work WorkOf(ServiceOrderItem item) => (item.Action, item.Service?.State) switch
    {
        (OrderItemActionType.Add, ServiceStateType.Designed or ServiceStateType.Reserved) => Work.Record,
        (OrderItemActionType.Add, _) => Work.Make,
        (OrderItemActionType.Modify, ServiceStateType.Terminated) or (OrderItemActionType.Delete, _) => Work.End,
        (OrderItemActionType.Modify, _) => Work.Change,
        _ => Work.None,
    };
}
