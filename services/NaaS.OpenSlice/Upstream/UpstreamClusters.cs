using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.Contracts;
using NaaS.Messaging.Storage;
using NaaS.OpenSlice.Client;
using NaaS.Tmf.Characteristics;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Ports;
using NaaS.TmfRest.Resources;

namespace NaaS.OpenSlice.Upstream;

/// <summary>
/// Orders clusters onward and follows the orders. Whether a cluster is there is not for the order to say: the worker waits for the ManagedCluster.
/// A failed order ends our service, so that the item fails; a service of ours that ends, ends the order's.
/// </summary>
internal sealed partial class UpstreamClusters(
    IServiceScopeFactory scopes, UpstreamClaims claims, IOptions<UpstreamOptions> options, IOptions<CharacteristicOptions> characteristics, TimeProvider clock,
    ILogger<UpstreamClusters> logger)
    : BackgroundService
{
    private static readonly string[] Failed = ["FAILED", "REJECTED", "CANCELLED", "PARTIAL"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new OpenSliceClient(options.Value, clock);
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var id in await ClustersAsync(stoppingToken))
                {
                    await FollowAsync(client.Api, id, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // It may be away for a while; everything is looked at again.
                LogFailed(exception);
            }
        }
    }

    // New clusters, and those with an order that is not settled.
    private async Task<IReadOnlyList<string>> ClustersAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        var names = characteristics.Value.Names;
        var waiting = await store.QueryAsync<Service>($"state=reserved&category=CustomerFacingService&serviceCharacteristic.name={Uri.EscapeDataString(names.ClusterName)}", cancellationToken);
        var open = await store.QueryAsync<UpstreamOrder>("settled=false", cancellationToken);
        return [.. waiting.Where(service => Value(service, names.Chart).Length == 0 && Value(service, names.ClusterName).Length > 0).Select(service => service.Id!)
            .Union(open.Select(order => order.Id!))];
    }

    private async Task FollowAsync(IOpenSliceApi api, string id, CancellationToken cancellationToken)
    {
        var (order, claim) = await claims.TakeAsync(id, cancellationToken);
        var service = await ServiceAsync(id, cancellationToken);
        if (claim is not null)
        {
            order = await PlaceAsync(api, service, claim, cancellationToken);
        }

        if (order is not { Settled: false, OrderId: not null })
        {
            return;
        }

        var there = await api.GetOrderAsync(order.OrderId, cancellationToken);
        order.State = (string?)there["state"];
        var hasFailed = Failed.Contains(order.State);
        if (service.State == ServiceStateType.Terminated && !hasFailed)
        {
            await api.PatchOrderAsync(order.OrderId, UpstreamPayloads.End(there), cancellationToken);
        }

        order.Settled = hasFailed || service.State == ServiceStateType.Terminated;
        await KeepAsync(order, hasFailed && service.State != ServiceStateType.Terminated ? service : null, cancellationToken);
    }

    // One try under a claim. What a try before it placed is found by our id; a claim whose request got no answer is kept, for the order may be on its way.
    private async Task<UpstreamOrder?> PlaceAsync(IOpenSliceApi api, Service service, string claim, CancellationToken cancellationToken)
    {
        var (id, placed, body) = (service.Id!, (JsonObject?)null, (JsonObject?)null);
        try
        {
            placed = await FindAsync(api, id, cancellationToken);
            if (placed is null && service.State == ServiceStateType.Terminated)
            {
                return await claims.DropAsync(id, cancellationToken);
            }

            body = placed is null ? UpstreamPayloads.Order(service, await api.GetSpecificationAsync(options.Value.Specification, cancellationToken)) : null;
        }
        catch
        {
            // Nothing is on its way, so the next need not wait for our lease, also where we are being stopped.
            await claims.ReleaseAsync(id, claim, CancellationToken.None);
            throw;
        }

        if (placed is null && !await claims.HoldsAsync(id, claim, cancellationToken))
        {
            return null;
        }

        placed ??= await api.PostOrderAsync(body!, cancellationToken);
        var order = await claims.NoteAsync(id, IdOf(placed), cancellationToken);
        if (order.OrderId == IdOf(placed))
        {
            LogOrdered(id, order.OrderId);
        }
        else
        {
            // Another was faster after our claim had run out.
            await api.PatchOrderAsync(IdOf(placed), UpstreamPayloads.End(placed), cancellationToken);
            LogWithdrawn(IdOf(placed), id, order.OrderId!);
        }

        return order;
    }

    private static async Task<JsonObject?> FindAsync(IOpenSliceApi api, string service, CancellationToken cancellationToken) =>
        (await api.GetOrdersAsync(cancellationToken)).OfType<JsonObject>().FirstOrDefault(order => (string?)order["externalId"] == service);

    private static string IdOf(JsonObject order) => (string?)order["id"] ?? (string)order["uuid"]!;

    private async Task KeepAsync(UpstreamOrder order, Service? toEnd, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        await store.Db.InTransactionAsync(
            async token =>
            {
                await store.GetForChangeAsync<UpstreamOrder>(order.Id!, token);
                store.Update(order);
                if (toEnd is not null)
                {
                    var first = toEnd.ServiceOrderItem![0];
                    var inventory = scope.ServiceProvider.GetRequiredService<IServiceInventory>();
                    await inventory.TerminateAsync(toEnd.Id!, new Cause(CauseKind.Order, first.ServiceOrderId!, first.ItemId), token);
                    await inventory.NoteAsync(toEnd.Id!, $"The cluster's order {order.OrderId} upstream is {order.State}", token);
                    LogGivenUp(toEnd.Id!, order.OrderId!, order.State!);
                }

                await store.Db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    private async Task<Service> ServiceAsync(string id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ResourceStore>().GetAsync<Service>(id, cancellationToken);
    }

    private static string Value(Service service, string name) =>
        ValueText.Of(service.ServiceCharacteristic?.FirstOrDefault(one => one.Name == name)?.Value);

    [LoggerMessage(LogLevel.Warning, "Orders of clusters could not be followed; they are tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Cluster service {Service} is order {Order} upstream")]
    private partial void LogOrdered(string service, string order);

    [LoggerMessage(LogLevel.Warning, "Order {Order} upstream was withdrawn: cluster service {Service} is order {Other} already")]
    private partial void LogWithdrawn(string order, string service, string other);

    [LoggerMessage(LogLevel.Warning, "Cluster service {Service} ends, since its order {Order} upstream is {State}")]
    private partial void LogGivenUp(string service, string order, string state);
}
