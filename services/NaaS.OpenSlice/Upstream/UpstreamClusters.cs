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
    IServiceScopeFactory scopes, IOptions<UpstreamOptions> options, IOptions<CharacteristicOptions> characteristics, TimeProvider clock, ILogger<UpstreamClusters> logger)
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
        var order = await IntendAsync(id, cancellationToken);
        if (order.Settled)
        {
            return;
        }

        var service = await ServiceAsync(id, cancellationToken);
        if (order.OrderId is null)
        {
            order.OrderId = await FindOrPlaceAsync(api, service, cancellationToken);
            await KeepAsync(order, null, cancellationToken);
            LogOrdered(id, order.OrderId);
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

    // Written before anything is ordered, so that after a crash the order is looked for before it is placed again.
    private async Task<UpstreamOrder> IntendAsync(string id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        return await store.Db.InTransactionAsync(
            async token =>
            {
                if (await store.FindAsync<UpstreamOrder>(id, token) is { } known)
                {
                    return known;
                }

                var order = new UpstreamOrder { Id = id };
                store.Insert(order);
                await store.Db.SaveChangesAsync(token);
                return order;
            },
            cancellationToken);
    }

    private async Task<string> FindOrPlaceAsync(IOpenSliceApi api, Service service, CancellationToken cancellationToken)
    {
        var orders = await api.GetOrdersAsync(cancellationToken);
        var placed = orders.OfType<JsonObject>().FirstOrDefault(order => (string?)order["externalId"] == service.Id);
        placed ??= await api.PostOrderAsync(
            UpstreamPayloads.Order(service, await api.GetSpecificationAsync(options.Value.Specification, cancellationToken)), cancellationToken);
        return (string?)placed["id"] ?? (string)placed["uuid"]!;
    }

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

    [LoggerMessage(LogLevel.Warning, "Cluster service {Service} ends, since its order {Order} upstream is {State}")]
    private partial void LogGivenUp(string service, string order, string state);
}
