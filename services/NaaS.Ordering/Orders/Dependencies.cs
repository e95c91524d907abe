using NaaS.Tmf.Ordering;
using static NaaS.Tmf.Ordering.ServiceOrderStateType;

namespace NaaS.Ordering.Orders;

/// <summary>Which items of an order wait for which (<c>serviceOrderItemRelationship</c>).</summary>
internal static class Dependencies
{
    /// <summary>Ids of the items of the same order that must be completed before this one starts.</summary>
    public static IReadOnlyList<string> Of(ServiceOrder order, ServiceOrderItem item) =>
        [.. (item.ServiceOrderItemRelationship ?? [])
            .Where(relationship => IsDependency(relationship.RelationshipType) && relationship.OrderItem is { } other && (other.ServiceOrderId is null || other.ServiceOrderId == order.Id))
            .Select(relationship => relationship.OrderItem!.ItemId ?? relationship.OrderItem.Id)
            .OfType<string>()];

    /// <summary>The other orders, or single items of them, that must be completed before this item starts (<c>orderRelationship</c> counts for every item).</summary>
    public static IReadOnlyList<(string OrderId, string? ItemId)> Outside(ServiceOrder order, ServiceOrderItem item) =>
    [
        .. (order.OrderRelationship ?? [])
            .Where(relationship => IsDependency(relationship.RelationshipType) && !string.IsNullOrEmpty(relationship.Id))
            .Select(relationship => (relationship.Id!, (string?)null)),
        .. (item.ServiceOrderItemRelationship ?? [])
            .Where(relationship => IsDependency(relationship.RelationshipType) && relationship.OrderItem?.ServiceOrderId is { Length: > 0 } other && other != order.Id)
            .Select(relationship => (relationship.OrderItem!.ServiceOrderId!, relationship.OrderItem.ItemId ?? relationship.OrderItem.Id)),
    ];

    /// <summary>What is wrong with the dependencies: an item that is not there, one that waits for itself, a circle.</summary>
    public static IEnumerable<string> Complaints(ServiceOrder order)
    {
        var items = order.AllItems().Where(item => item.Id is not null).DistinctBy(item => item.Id).ToDictionary(item => item.Id!);
        foreach (var item in items.Values)
        {
            foreach (var id in Of(order, item).Where(id => !items.ContainsKey(id)))
            {
                yield return $"item '{item.Id}' depends on item '{id}', which is not in the order";
            }
        }

        if (items.Values.FirstOrDefault(item => ReachesItself(order, items, item)) is { } circular)
        {
            yield return $"item '{circular.Id}' depends on itself";
        }
    }

    /// <summary>Whether all that the item waits for is completed.</summary>
    public static bool AreMet(ServiceOrder order, ServiceOrderItem item) => Of(order, item).All(id => order.ItemOf(id)?.StateOf() == Completed);

    /// <summary>The first item that this one waits for in vain, or null.</summary>
    public static ServiceOrderItem? Broken(ServiceOrder order, ServiceOrderItem item) =>
        Of(order, item).Select(order.ItemOf).FirstOrDefault(other => other?.StateOf() is Failed or Cancelled or Rejected or Partial);

    // Other types (cross-ref, bundles) only tell what belongs together.
    private static bool IsDependency(string? type) =>
        string.IsNullOrEmpty(type) || type.Contains("depend", StringComparison.OrdinalIgnoreCase) || type.Contains("relies", StringComparison.OrdinalIgnoreCase);

    private static bool ReachesItself(ServiceOrder order, Dictionary<string, ServiceOrderItem> items, ServiceOrderItem start)
    {
        var seen = new HashSet<string>();
        var next = new Stack<string>(Of(order, start));
        while (next.TryPop(out var id))
        {
            if (id == start.Id)
            {
                return true;
            }

            if (seen.Add(id) && items.TryGetValue(id, out var item))
            {
                Of(order, item).ToList().ForEach(next.Push);
            }
        }

        return false;
    }
}
