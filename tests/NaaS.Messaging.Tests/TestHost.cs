using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NaaS.Contracts;
using NaaS.Messaging.Bus;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;
using RabbitMQ.Client;

namespace NaaS.Messaging.Tests;

/// <summary>What a consumer did, once per handled message.</summary>
internal sealed class Effect
{
    public long Id { get; init; }

    public required Guid ServiceId { get; init; }

    public long Sequence { get; init; }
}

internal class TestDb(DbContextOptions options) : ServiceDbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Effect>();
    }
}

internal sealed class SqliteTestDb(DbContextOptions<SqliteTestDb> options) : TestDb(options);

internal sealed class PostgresTestDb(DbContextOptions<PostgresTestDb> options) : TestDb(options);

/// <summary>How often the consumer is to fail before it works.</summary>
internal sealed class Failures(int count)
{
    private int left = count;

    public bool Next() => Interlocked.Decrement(ref left) >= 0;
}

internal sealed class EffectConsumer(TestDb db, Failures failures) : IConsumer<TerminateService>
{
    public Task Consume(ConsumeContext<TerminateService> context)
    {
        db.Add(new Effect { ServiceId = context.Message.ServiceId, Sequence = context.Message.Sequence });
        return failures.Next() ? throw new InvalidOperationException("as ordered by the test") : Task.CompletedTask;
    }
}

/// <summary>The servers that a test runs on: embedded ones, or PostgreSQL and RabbitMQ as <c>tests/run.sh</c> started them.</summary>
internal sealed class Servers
{
    private Servers(Dictionary<string, string?> settings) => Settings = settings;

    public Dictionary<string, string?> Settings { get; }

    public static Servers Get(string kind)
    {
        var name = "naas_" + Guid.NewGuid().ToString("N");
        if (kind == "embedded")
        {
            return new(new() { ["ConnectionStrings:Test"] = $"Data Source={Path.Combine(Path.GetTempPath(), name)}.db" });
        }

        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        Assert.SkipWhen(postgres is null || rabbit is null, "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        return new(new()
        {
            ["ConnectionStrings:Test"] = $"{postgres};Database={name}",
            ["ConnectionStrings:RabbitMq"] = rabbit,
        });
    }

    /// <summary>Unbinds the queues that earlier tests left on the broker: they would take a message that nobody listens to.</summary>
    public async Task ForgetQueuesOfAsync<TMessage>()
    {
        var token = TestContext.Current.CancellationToken;
        await using var connection = await new ConnectionFactory { Uri = new(Settings["ConnectionStrings:RabbitMq"]!) }.CreateConnectionAsync(token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        await channel.ExchangeDeleteAsync($"{typeof(TMessage).Namespace}:{typeof(TMessage).Name}", cancellationToken: token);
    }
}

/// <summary>A process that writes messages, handles them, or both.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost host;

    private TestHost(IHost host) => this.host = host;

    public static async Task<TestHost> StartAsync(Servers servers, bool writes = true, bool handles = true, int failures = 0)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(servers.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(new Failures(failures));
        builder.Services.AddDatabase<TestDb, SqliteTestDb, PostgresTestDb>("Test");
        if (handles)
        {
            builder.Services.AddConsumer<EffectConsumer, TestDb>();
        }

        builder.Services.AddMessageBus(builder.Configuration);
        // A bus that is stopped while it is still starting stays connected, and would take the messages of the next test.
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        if (writes)
        {
            builder.Services.AddOutbox<TestDb>();
        }

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(host);
    }

    public async Task<T> WithDb<T>(Func<TestDb, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TestDb>());
    }

    public Task SendAsync(Guid service) =>
        WithDb(db =>
        {
            db.Enqueue(new TerminateService(service, 1, new Cause(CauseKind.Operator, "test")));
            return db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

    public Task<int> EffectsOf(Guid service) =>
        WithDb(db => db.Effects.CountAsync(effect => effect.ServiceId == service, TestContext.Current.CancellationToken));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
