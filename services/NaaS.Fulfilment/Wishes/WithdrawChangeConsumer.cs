using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="WithdrawChange"/>.</summary>
internal sealed class WithdrawChangeConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<WithdrawChange>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<WithdrawChange> context)
    {
        var command = context.Message;
        return Wishes.StoreAsync(
            db,
            command.ServiceId,
            command.Sequence,
            command.Cause,
            time.GetUtcNow(),
            service => (service.RollBackTo, service.Withdraws) = (null, command.Withdrawn),
            context.CancellationToken);
    }
}
