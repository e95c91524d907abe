using MassTransit;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Preview;

/// <summary>Takes <see cref="PreviewService"/>. The answer may need a chart from far away, so it is worked out afterwards.</summary>
internal sealed class PreviewServiceConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<PreviewService>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<PreviewService> context)
    {
        var request = context.Message;
        if (await db.Previews.FindAsync([request.PreviewId, request.ItemId], context.CancellationToken) is null)
        {
            var now = time.GetUtcNow();
            db.Previews.Add(new() { Id = request.PreviewId, ItemId = request.ItemId, Request = Json.Write(request), At = now, ClaimedUntil = now });
        }
    }
}
