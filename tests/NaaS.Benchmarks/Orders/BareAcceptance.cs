using Npgsql;
using RabbitMQ.Client;

namespace NaaS.Benchmarks.Orders;

/// <summary>The least that accepting an order can be: one row, and one message that the broker has confirmed.</summary>
internal sealed class BareAcceptance : IAsyncDisposable
{
    public const string Queue = "naas-benchmark-bare";
    private readonly NpgsqlDataSource source;
    private readonly IConnection connection;
    private readonly IChannel channel;

    private BareAcceptance(NpgsqlDataSource source, IConnection connection, IChannel channel) => (this.source, this.connection, this.channel) = (source, connection, channel);

    public static async Task<BareAcceptance> StartAsync(string postgres, string rabbit, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1, NoResetOnClose = true });
        await using (var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, body json NOT NULL)"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var connection = await new ConnectionFactory { Uri = new Uri(rabbit) }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        return new(source, connection, channel);
    }

    /// <summary>Takes one.</summary>
    public async Task AcceptAsync(string body, CancellationToken cancellationToken)
    {
        await using var insert = source.CreateCommand("INSERT INTO bare (body) VALUES ($1::json)");
        insert.Parameters.Add(new() { Value = body });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, System.Text.Encoding.UTF8.GetBytes(body), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        await source.DisposeAsync();
    }
}
