using NaaS.Tmf.Ordering;
using static NaaS.Tmf.Ordering.ServiceOrderStateType;

namespace NaaS.Ordering.Orders;

/// <summary>The one place where an order's state comes from: its items'.</summary>
internal static class OrderState
{
    // While anything is open, the first of these that any item has is the order's.
    private static readonly ServiceOrderStateType[] OpenFirst = [AssessingCancellation, PendingCancellation, InProgress, Held, Pending, Acknowledged];

    /// <summary>The state that the items give (MEF 99 table 7).</summary>
    public static ServiceOrderStateType Of(ServiceOrder order)
    {
        var counting = order.AllItems().Where(item => item.Counts()).ToList();
        var states = (counting.Count > 0 ? counting : [.. order.AllItems()]).Select(item => item.StateOf()).ToHashSet();
        if (states.Count == 0 || states.Contains(Rejected))
        {
            return Rejected;
        }

        var open = OpenFirst.Where(states.Contains).ToList();
        if (open.Count > 0)
        {
            return StartedWith(states) && open[0] is Acknowledged or Pending && states.Overlaps([Completed, Failed, Partial]) ? InProgress : open[0];
        }

        return Concluded(states);
    }

    private static bool StartedWith(HashSet<ServiceOrderStateType> states) => states.Any(state => state.IsFinal());

    private static ServiceOrderStateType Concluded(HashSet<ServiceOrderStateType> states)
    {
        if (states.Count == 1)
        {
            return states.Single();
        }

        return states.Overlaps([Completed, Partial]) ? Partial : Failed;
    }
}
