using MassTransit;
using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="EvacuateCluster"/>.</summary>
internal sealed class EvacuateClusterConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<EvacuateCluster>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<EvacuateCluster> context)
    {
        var command = context.Message;
        var order = await db.ClusterOrders.SingleOrDefaultAsync(row => row.Cluster == command.Cluster, context.CancellationToken);
        if (order is null)
        {
            db.ClusterOrders.Add(new() { Cluster = command.Cluster, Evacuated = command.Evacuated, Done = false, At = time.GetUtcNow() });
            return;
        }

        (order.Evacuated, order.Done, order.At) = (command.Evacuated, false, time.GetUtcNow());
    }
}
