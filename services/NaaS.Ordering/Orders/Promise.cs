using System.Globalization;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Timers;

namespace NaaS.Ordering.Orders;

/// <summary>The provider's promise: <c>expectedCompletionDate</c>, by which every item has come to its end if each takes no longer than its deadline.</summary>
internal sealed class Promise(ResourceStore store, CharacteristicOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(600);

    /// <summary>Sets the date from now, or from the requested start; <see cref="OrderPromise"/> looks whether it was kept.</summary>
    public void Make(ServiceOrder order)
    {
        var now = clock.GetUtcNow();
        var start = order.RequestedStartDate > now ? order.RequestedStartDate.Value : now;
        order.ExpectedCompletionDate = start + order.AllItems().Where(item => !item.StateOf().IsFinal()).Select(item => Takes(order, item)).DefaultIfEmpty().Max();
        store.Db.Timers.Add(new TimerRow { Kind = OrderPromise.Name, Subject = order.Id!, DueAt = order.ExpectedCompletionDate.Value });
    }

    // Items that wait for each other take their time one after the other.
    private TimeSpan Takes(ServiceOrder order, ServiceOrderItem item) =>
        Own(item) + Dependencies.Of(order, item).Select(order.ItemOf).OfType<ServiceOrderItem>().Where(other => !other.StateOf().IsFinal())
            .Select(other => Takes(order, other)).DefaultIfEmpty().Max();

    private TimeSpan Own(ServiceOrderItem item)
    {
        if (TargetState.WorkOf(item) is Work.None or Work.Record)
        {
            return TimeSpan.Zero;
        }

        var given = item.Service?.ServiceCharacteristic?.Find(one => one.Name == options.Names.Deadline);
        return int.TryParse(ValueText.Of(ValueText.Unwrap(given?.Value)), CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : Deadline;
    }
}
