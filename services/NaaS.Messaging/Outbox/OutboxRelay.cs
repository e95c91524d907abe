using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.Messaging.Bus;
using NaaS.Messaging.Inbox;
using NaaS.Messaging.Storage;

namespace NaaS.Messaging.Outbox;

/// <summary>Registers the relay.</summary>
public static class OutboxRelayRegistration
{
    /// <summary>Publishes what <typeparamref name="TDb"/>'s outbox holds.</summary>
    public static IServiceCollection AddOutbox<TDb>(this IServiceCollection services)
        where TDb : DbContext => services.AddHostedService<OutboxRelay<TDb>>();
}

/// <summary>
/// Publishes outbox rows a batch at a time, each confirmed by the broker before its row goes: those of one service in the order of writing, those of
/// different services at the same time. Several replicas share the work: rows that another relay holds are skipped. On the in-memory transport rows stay for a while and are sent again at start, since what was
/// published and not yet handled died with the process.
/// </summary>
internal sealed partial class OutboxRelay<TDb>(
    IDbContextFactory<TDb> databases,
    IBus bus,
    CommitSignal<TDb> commits,
    Transport transport,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<OutboxRelay<TDb>> logger) : BackgroundService
    where TDb : DbContext
{
    private const int Batch = 100;
    private const int AtOnce = 32;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private DateTimeOffset swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.Zero;
        var resent = !transport.InMemory;
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(nameof(OutboxMessage));
            try
            {
                if (!resent)
                {
                    await ResendAsync(stoppingToken);
                    resent = true;
                }

                while (await PublishBatchAsync(stoppingToken) == Batch)
                {
                }

                await SweepAsync(stoppingToken);
                pause = TimeSpan.Zero;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                pause = TimeSpan.FromTicks(Math.Clamp(pause.Ticks * 2, TimeSpan.FromMilliseconds(200).Ticks, LongestPause.Ticks));
                Telemetry.OutboxFailures.Add(1);
                LogFailed(exception, pause);
            }

            await (pause == TimeSpan.Zero
                ? commit.OrAfterAsync(options.Value.RelayInterval, time, stoppingToken)
                : Task.Delay(pause, time, stoppingToken));
        }
    }

    private async Task<int> PublishBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsNpgsql() && !await db.Set<OutboxMessage>().AnyAsync(row => row.SentAt == null, cancellationToken))
        {
            // SQLite's only writer is not kept from its work for nothing.
            return 0;
        }

        var (count, failure) = await db.InTransactionAsync(
            async token =>
            {
                var waiting = await Waiting(db).AsNoTracking().ToListAsync(token);
                var (published, failure) = await PublishAsync(waiting, token);
                await SettleAsync(db, published, token);
                return (waiting.Count, failure);
            },
            cancellationToken);
        failure?.Throw();
        return count;
    }

    private static IQueryable<OutboxMessage> Waiting(TDb db) =>
        db.Database.IsNpgsql()
            ? db.Set<OutboxMessage>().FromSqlRaw(PostgresBatch(db))
            : db.Set<OutboxMessage>().Where(row => row.SentAt == null).OrderBy(row => row.Position).Take(Batch);

    /// <summary>Publishes what it can: a message that fails holds back the later ones of its service and nothing else.</summary>
    private async Task<(IReadOnlyCollection<long> Published, ExceptionDispatchInfo? Failure)> PublishAsync(List<OutboxMessage> rows, CancellationToken cancellationToken)
    {
        var published = new ConcurrentBag<long>();
        ExceptionDispatchInfo? failure = null;
        await Parallel.ForEachAsync(
            rows.Select(Letter.Of).GroupBy(letter => letter.Lane),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (lane, token) =>
            {
                try
                {
                    foreach (var letter in lane)
                    {
                        await PublishAsync(letter, token);
                        published.Add(letter.Row.Position);
                    }
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            });
        return (published, failure);
    }

    private static string PostgresBatch(TDb db)
    {
        var table = db.Model.FindEntityType(typeof(OutboxMessage))!.GetSchemaQualifiedTableName();
        return $"""SELECT * FROM {table} WHERE "SentAt" IS NULL ORDER BY "Position" LIMIT {Batch} FOR UPDATE SKIP LOCKED""";
    }

    private async Task PublishAsync(Letter letter, CancellationToken cancellationToken)
    {
        var (row, message) = (letter.Row, letter.Message);
        var type = message.GetType();
        using var activity = Telemetry.Source.StartActivity($"publish {type.Name}", ActivityKind.Producer, row.TraceParent);
        await bus.Publish(
            message,
            type,
            Pipe.Execute<PublishContext>(context =>
            {
                context.MessageId = row.MessageId;
                // Without a queue that takes it the broker hands the message back, and it is tried again: nothing is published into the void.
                context.Mandatory = !transport.InMemory;
            }),
            cancellationToken);
        Telemetry.OutboxLag.Record((time.GetUtcNow() - WrittenAt(row.MessageId)).TotalSeconds, new KeyValuePair<string, object?>("message", type.Name));
    }

    // The first 48 bits of a version 7 id are its milliseconds since 1970.
    private static DateTimeOffset WrittenAt(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(id.ToByteArray(bigEndian: true)) >> 16));

    private async Task SettleAsync(TDb db, IReadOnlyCollection<long> published, CancellationToken cancellationToken)
    {
        if (published.Count == 0)
        {
            return;
        }

        var settled = db.Set<OutboxMessage>().Where(row => published.Contains(row.Position));
        await (transport.InMemory
            ? settled.ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, time.GetUtcNow()), cancellationToken)
            : settled.ExecuteDeleteAsync(cancellationToken));
    }

    private async Task ResendAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InTransactionAsync(
            token => db.Set<OutboxMessage>().Where(row => row.SentAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, (DateTimeOffset?)null), token),
            cancellationToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - swept < SweepInterval)
        {
            return;
        }

        swept = now;
        var sentBefore = now - options.Value.InMemoryRetention;
        var handledBefore = now - options.Value.InboxRetention;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InTransactionAsync(
            async token =>
            {
                await db.Set<OutboxMessage>().Where(row => row.SentAt < sentBefore).ExecuteDeleteAsync(token);
                await db.Set<InboxMessage>().Where(row => row.HandledAt < handledBefore).ExecuteDeleteAsync(token);
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages could not be published; next try in {Pause}")]
    private partial void LogFailed(Exception exception, TimeSpan pause);
}
