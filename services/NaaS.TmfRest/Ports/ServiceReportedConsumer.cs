using MassTransit;
using NaaS.Contracts;
using NaaS.TmfRest.Resources;

namespace NaaS.TmfRest.Ports;

/// <summary>
/// Hands a report of the worker to the features, in the order of their registration and in the one transaction of its inbox: what the
/// inventory and ordering make of it appears together.
/// </summary>
public sealed class ServiceReportedConsumer(IEnumerable<IReportHandler> handlers, ResourceStore store) : IConsumer<ServiceReported>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ServiceReported> context)
    {
        // Orders before services, as requests lock them that change an order: else each may wait for the other.
        var (report, locked) = (context.Message, handlers.Reverse().ToList());
        await store.FetchForChangeAsync(
            [.. locked.SelectMany(handler => handler.Changed(report))], [.. locked.SelectMany(handler => handler.Models)], context.CancellationToken);
        foreach (var handler in handlers)
        {
            await handler.HandleAsync(report, context.CancellationToken);
        }
    }
}
