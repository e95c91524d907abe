using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Resources;

namespace NaaS.OpenSlice.Upstream;

/// <summary>
/// Who places which order. A claim is noted before anything is ordered; it lasts for a lease and is one try. So replicas do not order beside each
/// other, and after a crash or a lost answer the order is looked for when the request cannot be on its way any more.
/// </summary>
internal sealed class UpstreamClaims(IServiceScopeFactory scopes, IOptions<UpstreamOptions> options, TimeProvider clock)
{
    /// <summary>What is known of the order of a cluster, claimed anew where it has to be placed.</summary>
    /// <returns>The order, and our claim on it; no claim where it is placed already or another is at it.</returns>
    public Task<(UpstreamOrder Order, string? Claim)> TakeAsync(string service, CancellationToken cancellationToken) => InTransactionAsync(
        async (store, token) =>
        {
            var order = await store.FindForChangeAsync<UpstreamOrder>(service, token);
            if (order is not null && (order.Settled || order.OrderId is not null || order.ClaimedUntil > clock.GetUtcNow()))
            {
                return (order, (string?)null);
            }

            var claim = Guid.NewGuid().ToString();
            var isNew = order is null;
            order ??= new UpstreamOrder { Id = service };
            (order.Claim, order.ClaimedUntil) = (claim, clock.GetUtcNow() + options.Value.Lease);
            if (isNew)
            {
                store.Insert(order);
            }
            else
            {
                store.Update(order);
            }

            return (order, claim);
        },
        cancellationToken);

    /// <summary>Whether the claim is ours and lasts. Asked last before the order is placed, for the process may have stood still since it was taken.</summary>
    public Task<bool> HoldsAsync(string service, string claim, CancellationToken cancellationToken) => InTransactionAsync(
        async (store, token) => await store.GetForChangeAsync<UpstreamOrder>(service, token) is var order
            && order.OrderId is null && order.Claim == claim && order.ClaimedUntil > clock.GetUtcNow(),
        cancellationToken);

    /// <summary>Gives the claim back where nothing was ordered with it.</summary>
    public Task ReleaseAsync(string service, string claim, CancellationToken cancellationToken) => InTransactionAsync(
        async (store, token) =>
        {
            var order = await store.GetForChangeAsync<UpstreamOrder>(service, token);
            if (order.Claim == claim)
            {
                order.ClaimedUntil = null;
                store.Update(order);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Notes the order that was placed or found.</summary>
    /// <returns>The order of the cluster: another where one had been noted before, so that this one is too much.</returns>
    public Task<UpstreamOrder> NoteAsync(string service, string orderId, CancellationToken cancellationToken) => InTransactionAsync(
        async (store, token) =>
        {
            var order = await store.GetForChangeAsync<UpstreamOrder>(service, token);
            order.OrderId ??= orderId;
            store.Update(order);
            return order;
        },
        cancellationToken);

    /// <summary>Nothing was ordered, and nothing shall be.</summary>
    public Task<UpstreamOrder> DropAsync(string service, CancellationToken cancellationToken) => InTransactionAsync(
        async (store, token) =>
        {
            var order = await store.GetForChangeAsync<UpstreamOrder>(service, token);
            order.Settled = true;
            store.Update(order);
            return order;
        },
        cancellationToken);

    private async Task<T> InTransactionAsync<T>(Func<ResourceStore, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        return await store.Db.InTransactionAsync(
            async token =>
            {
                var result = await act(store, token);
                await store.Db.SaveChangesAsync(token);
                return result;
            },
            cancellationToken);
    }
}
