using MassTransit;
using NaaS.Contracts;

namespace NaaS.TmfRest.Ports;

/// <summary>
/// Hands a report of the worker to the features, in the order of their registration and in the one transaction of its inbox: what the
/// inventory and ordering make of it appears together.
/// </summary>
public sealed class ServiceReportedConsumer(IEnumerable<IReportHandler> handlers) : IConsumer<ServiceReported>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ServiceReported> context)
    {
        foreach (var handler in handlers)
        {
            await handler.HandleAsync(context.Message, context.CancellationToken);
        }
    }
}
