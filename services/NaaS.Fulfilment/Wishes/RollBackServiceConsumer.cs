using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="RollBackService"/>.</summary>
internal sealed class RollBackServiceConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<RollBackService>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<RollBackService> context)
    {
        var command = context.Message;
        return Wishes.StoreAsync(
            db,
            command.ServiceId,
            command.Sequence,
            command.Cause,
            time.GetUtcNow(),
            service => (service.RollBackTo, service.Withdraws) = (command.Revision, null),
            context.CancellationToken);
    }
}
