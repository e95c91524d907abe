using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace NaaS.Benchmarks.Orders;

/// <summary>Takes what is published out of its queue, so that the queue is as long in the last turn as in the first, and counts it.</summary>
internal sealed class Drain : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string queue;
    private long count;

    private Drain(IConnection connection, IChannel channel, string queue) => (this.connection, this.channel, this.queue) = (connection, channel, queue);

    /// <summary>Messages so far.</summary>
    public long Count => Interlocked.Read(ref count);

    /// <summary>Empties a quorum queue, which gets what is published to the exchange where one is given.</summary>
    public static async Task<Drain> StartAsync(string rabbit, string queue, string? exchange, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(rabbit) }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        if (exchange is not null)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue, exchange, "", cancellationToken: cancellationToken);
        }

        var drain = new Drain(connection, channel, queue);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            Interlocked.Increment(ref drain.count);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellationToken);
        return drain;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
