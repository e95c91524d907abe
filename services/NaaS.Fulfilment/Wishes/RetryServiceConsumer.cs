using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="RetryService"/>: what was wanted last is wanted again, and chart versions that failed may be taken again.</summary>
internal sealed class RetryServiceConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<RetryService>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<RetryService> context)
    {
        var command = context.Message;
        return Wishes.StoreAsync(
            db,
            command.ServiceId,
            command.Sequence,
            command.Cause,
            time.GetUtcNow(),
            service =>
            {
                service.BadVersions = null;
                service.Avoided = null;
            },
            context.CancellationToken);
    }
}
