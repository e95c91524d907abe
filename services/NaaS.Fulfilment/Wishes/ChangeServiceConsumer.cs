using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="ChangeService"/>.</summary>
internal sealed class ChangeServiceConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<ChangeService>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ChangeService> context)
    {
        var command = context.Message;
        var wanted = new Wanted(command.ServiceId, command.Sequence, command.ServiceName, command.Characteristics, command.Cause, command.Inactive);
        return Wishes.StoreAsync(db, wanted, time.GetUtcNow(), context.CancellationToken);
    }
}
