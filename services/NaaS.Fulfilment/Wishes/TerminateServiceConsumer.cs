using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="TerminateService"/>.</summary>
internal sealed class TerminateServiceConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<TerminateService>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<TerminateService> context)
    {
        var command = context.Message;
        return Wishes.StoreAsync(db, new(command.ServiceId, command.Sequence, null, null, command.Cause), time.GetUtcNow(), context.CancellationToken);
    }
}
