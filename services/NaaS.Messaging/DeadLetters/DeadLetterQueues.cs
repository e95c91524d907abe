using MassTransit;
using Microsoft.Extensions.Configuration;
using NaaS.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace NaaS.Messaging.DeadLetters;

/// <summary>
/// The operator's hands on RabbitMQ's dead-letter queues, of API and worker alike. Looking takes nothing away: messages are held unacknowledged while
/// they are read and go back. Requeueing publishes the message to its queue, waits for the broker's confirmation and only then takes the dead letter
/// away: a crash in between leaves it twice, and the inbox makes one of it.
/// </summary>
public sealed class DeadLetterQueues(IConfiguration configuration)
{
    /// <summary>Most messages of a queue that are shown.</summary>
    public const int Shown = 500;

    private static readonly string[] Kinds = ["error", "skipped", "dead"];

    /// <summary>Whether there is a broker; without one messages never leave the process and the outbox keeps them.</summary>
    public bool IsAvailable => !string.IsNullOrEmpty(configuration.GetConnectionString("RabbitMq"));

    /// <summary>All dead letters, at most <see cref="Shown"/> of each queue.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<DeadLetter>();
        await using var connection = await ConnectAsync(cancellationToken);
        foreach (var queue in Queues())
        {
            foreach (var kind in Kinds)
            {
                // A channel of its own: what it holds goes back when it closes, and asking for a queue that is not there closes it too.
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                found.AddRange((await TakeAsync(channel, $"{queue}_{kind}", Shown, cancellationToken)).Select(got => DeadLetterReading.Read(queue, kind, got)));
            }
        }

        return found;
    }

    /// <summary>Puts dead letters back into the queue of their consumer: all that <paramref name="wanted"/> selects. Returns how many.</summary>
    public async Task<int> RequeueAsync(Func<DeadLetter, bool> wanted, CancellationToken cancellationToken)
    {
        var count = 0;
        await using var connection = await ConnectAsync(cancellationToken);
        foreach (var queue in Queues())
        {
            foreach (var kind in Kinds)
            {
                await using var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
                var held = await TakeAsync(channel, $"{queue}_{kind}", int.MaxValue, cancellationToken);
                foreach (var got in held.Where(got => wanted(DeadLetterReading.Read(queue, kind, got))))
                {
                    await channel.BasicPublishAsync("", queue, mandatory: true, Properties(got), got.Body, cancellationToken);
                    await channel.BasicAckAsync(got.DeliveryTag, multiple: false, cancellationToken);
                    count++;
                }
            }
        }

        return count;
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var broker = configuration.GetConnectionString("RabbitMq");
        return await new ConnectionFactory { Uri = new Uri(broker!), AutomaticRecoveryEnabled = false, ClientProvidedName = "naas-operator" }.CreateConnectionAsync(cancellationToken);
    }

    // A consumer is named for the message that it takes, and its queue for it; see Consumers.AddConsumer.
    private static IEnumerable<string> Queues() => typeof(Cause).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false })
        .Select(type => $"naas-{KebabCaseEndpointNameFormatter.Instance.SanitizeName(type.Name)}");

    private static async Task<List<BasicGetResult>> TakeAsync(IChannel channel, string queue, int most, CancellationToken cancellationToken)
    {
        var held = new List<BasicGetResult>();
        try
        {
            while (held.Count < most && await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } got)
            {
                held.Add(got);
            }
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // No message ever failed there.
        }

        return held;
    }

    private static BasicProperties Properties(BasicGetResult got) => new(got.BasicProperties)
    {
        MessageId = DeadLetterReading.IdOf(got),
        DeliveryMode = DeliveryModes.Persistent,
        Headers = got.BasicProperties.Headers?.Where(header => !DeadLetterReading.IsOfFailure(header.Key)).ToDictionary(),
    };
}
