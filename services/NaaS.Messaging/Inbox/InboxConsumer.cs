using MassTransit;
using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;

namespace NaaS.Messaging.Inbox;

/// <summary>
/// Runs <typeparamref name="TConsumer"/> in one transaction with the record that the message was handled: a repeated message has no second effect, and
/// one that lacks what its type promises has none at all.
/// </summary>
internal sealed class InboxConsumer<TConsumer, TMessage, TDb>(TConsumer consumer, TDb db, TimeProvider time) : IConsumer<TMessage>
    where TConsumer : IConsumer<TMessage>
    where TMessage : class
    where TDb : DbContext
{
    private static readonly string Name = typeof(TConsumer).Name;

    public async Task Consume(ConsumeContext<TMessage> context)
    {
        if (context.MessageId is not { } id || id == Guid.Empty)
        {
            throw new UnacceptableMessageException($"{typeof(TMessage).Name} came without a message id");
        }

        if (MessageCheck.Problem(context.Message) is { } problem)
        {
            throw new UnacceptableMessageException(problem);
        }

        await db.InTransactionAsync(
            async token =>
            {
                // Recorded first: the same message coming twice at once waits here for the end of the first.
                var at = time.GetUtcNow().ToUnixTimeMilliseconds();
                if (await db.Database.ExecuteSqlAsync(
                    $"""INSERT INTO inbox ("MessageId", "Consumer", "HandledAt") VALUES ({id}, {Name}, {at}) ON CONFLICT DO NOTHING""", token) == 0)
                {
                    return;
                }

                await consumer.Consume(context);
                await db.SaveChangesAsync(token);
            },
            context.CancellationToken);
    }
}
