using NaaS.Ordering.Orders;
using NaaS.Ordering.Plans;
using NaaS.Tmf.Ordering;
using NaaS.TmfRest.Resources;

namespace NaaS.Ordering.Operations;

/// <summary>What an operator may see of orders beside TMF641.</summary>
public sealed class OrderingOperations(ResourceStore store)
{
    /// <summary>What was ordered by whom, and how it ended; no values.</summary>
    /// <exception cref="TmfRest.Errors.ResourceNotFoundException">There is no such order.</exception>
    public async Task<AuditedOrder> GetAsync(string id, CancellationToken cancellationToken)
    {
        var order = await store.GetAsync<ServiceOrder>(id, cancellationToken);
        var plan = await store.GetAsync<OrderPlan>(id, cancellationToken);
        return new(
            id,
            plan.OrderedBy,
            plan.Lenient ? "openslice" : "tmf",
            plan.Digest,
            $"{order.State}",
            order.OrderDate,
            order.CompletionDate,
            [.. order.AllItems().Select(item => new AuditedItem(item.Id!, $"{item.Action}", $"{item.State}", plan.Of(item.Id)?.ServiceId ?? item.Service?.Id, [.. Names(item)]))],
            [.. (order.Note ?? []).Select(note => note.Text ?? "")]);
    }

    private static IEnumerable<string> Names(ServiceOrderItem item) => (item.Service?.ServiceCharacteristic ?? []).Select(one => one.Name ?? "");
}

/// <summary>An order in the audit trail.</summary>
/// <param name="Id">The order.</param>
/// <param name="OrderedBy">Subject of the token that it came with.</param>
/// <param name="Dialect">Path that it came through.</param>
/// <param name="Digest">SHA-256 of the order as sent, where it was kept.</param>
/// <param name="State">How it stands.</param>
/// <param name="OrderDate">When it came.</param>
/// <param name="CompletionDate">When it ended.</param>
/// <param name="Items">Its items.</param>
/// <param name="Notes">Its notes.</param>
public sealed record AuditedOrder(
    string Id, string? OrderedBy, string Dialect, string? Digest, string State, DateTimeOffset? OrderDate, DateTimeOffset? CompletionDate,
    IReadOnlyList<AuditedItem> Items, IReadOnlyList<string> Notes);

/// <summary>An order item in the audit trail.</summary>
/// <param name="Id">The item.</param>
/// <param name="Action">What was asked.</param>
/// <param name="State">How it stands.</param>
/// <param name="ServiceId">Its service.</param>
/// <param name="Characteristics">Names of the characteristics that were given.</param>
public sealed record AuditedItem(string Id, string Action, string State, string? ServiceId, IReadOnlyList<string> Characteristics);
