using MassTransit;
using NaaS.Contracts;
using NaaS.TmfRest.Ports;

namespace NaaS.Api;

/// <summary>Takes the worker's reports: first the inventory records what is true of the service, then ordering what that means for the order.</summary>
internal sealed class ServiceReportedConsumer(IEnumerable<IReportHandler> handlers) : IConsumer<ServiceReported>
{
    public async Task Consume(ConsumeContext<ServiceReported> context)
    {
        foreach (var handler in handlers)
        {
            await handler.HandleAsync(context.Message, context.CancellationToken);
        }
    }
}
