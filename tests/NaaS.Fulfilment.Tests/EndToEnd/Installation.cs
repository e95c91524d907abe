using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.Contracts;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Messaging.Bus;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;
using NaaS.Sandbox;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>
/// A worker against a sandbox: commands go in by the bus, reports come back by it, and what is true is asked of hub and clusters over their API. Only
/// the chart is replaced: its values are the objects.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly Sandbox.Sandbox sandbox;
    private readonly string folder;
    private readonly Setup setup;
    private IHost host;
    private long sequence;

    private Installation(Sandbox.Sandbox sandbox, IHost host, string folder, Setup setup)
    {
        this.sandbox = sandbox;
        this.host = host;
        this.folder = folder;
        this.setup = setup;
        Hub = Client(sandbox.Hub);
    }

    public HubClient Hub { get; }

    /// <summary>The service that commands are for.</summary>
    public Guid Service { get; set; } = Guid.NewGuid();

    public Sandbox.Sandbox Sandbox => sandbox;

    public IEnumerable<ServiceReported> Reports => setup.Received.Reports;

    public static async Task<Installation> StartAsync(Setup? setup = null)
    {
        setup ??= new();
        var folder = Directory.CreateTempSubdirectory("naas-fulfilment-").FullName;
        var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(setup.Sandbox, TestContext.Current.CancellationToken);
        var host = Build(folder, sandbox.Hub, setup);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(sandbox, host, folder, setup);
    }

    /// <summary>Ends the worker and starts another one on the same database.</summary>
    public async Task RestartAsync()
    {
        await host.StopAsync(TestContext.Current.CancellationToken);
        host.Dispose();
        host = Build(folder, sandbox.Hub, setup);
        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Orders the service or a change of it; the chart is the YAML of its objects.</summary>
    public Task<long> ChangeAsync(string objects, string? placement = null, int deadline = 60, string? @namespace = "default") =>
        OrderAsync(
            "test/objects",
            ("Base service registry/repository URL", "https://charts.test"),
            ("Helm Package Configuration", new JsonObject { ["objects"] = objects }.ToJsonString()),
            ("Service namespace", @namespace ?? ""),
            ("Deadline", deadline.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Cluster Metadata", placement ?? ""));

    /// <summary>Characteristics of a service in namespace <c>default</c> whose chart is the YAML of its objects.</summary>
    public static IReadOnlyList<ServiceCharacteristic> Characteristics(string objects) =>
    [
        new("Service artifact identifier in service registry/repository", "TEXT", "test/objects", false),
        new("Base service registry/repository URL", "TEXT", "https://charts.test", false),
        new("Helm Package Configuration", "TEXT", new JsonObject { ["objects"] = objects }.ToJsonString(), false),
        new("Service namespace", "TEXT", "default", false),
    ];

    /// <summary>Orders the service or a change of it.</summary>
    public async Task<long> OrderAsync(string chart, params (string Name, string Value)[] characteristics)
    {
        List<ServiceCharacteristic> all =
        [
            new("Service artifact identifier in service registry/repository", "TEXT", chart, false),
            .. characteristics.Select(one => new ServiceCharacteristic(one.Name, one.Name.StartsWith("values.", StringComparison.Ordinal) ? "INTEGER" : "TEXT", one.Value, false)),
        ];
        var command = new ChangeService(Service, Interlocked.Increment(ref sequence), "shop", all, new(CauseKind.Order, "order", "1"));
        await SendAsync(command);
        return command.Sequence;
    }

    public async Task<long> TerminateAsync()
    {
        var command = new TerminateService(Service, Interlocked.Increment(ref sequence), new(CauseKind.Order, "order", "2"));
        await SendAsync(command);
        return command.Sequence;
    }

    /// <summary>Sequence of a further command.</summary>
    public long NextSequence() => Interlocked.Increment(ref sequence);

    /// <summary>The report that concludes a command.</summary>
    public async Task<ServiceReported> ConclusionAsync(long command)
    {
        ServiceReported? found = null;
        await UntilAsync(() => Task.FromResult((found = Reports.FirstOrDefault(report => report.Sequence == command && report.Rollout >= Rollout.Good)) is not null));
        return found!;
    }

    public async Task<ServiceReported> ReportAsync(long command, Rollout rollout)
    {
        ServiceReported? found = null;
        await UntilAsync(() => Task.FromResult((found = Reports.FirstOrDefault(report => report.Sequence == command && report.Rollout == rollout)) is not null));
        return found!;
    }

    public HubClient Cluster(string name) => Client(sandbox.Clusters[name]);

    public Task<JsonObject?> DeploymentAsync(string cluster, string name) =>
        Cluster(cluster).FindAsync(new("apps", "v1", "deployments", "Deployment"), "default", name, TestContext.Current.CancellationToken);

    public async Task<int> WorksAsync() =>
        (await Hub.ListAsync(HubResource.ManifestWorks, null, HubLabels.Service, TestContext.Current.CancellationToken)).Items.Count;

    public async Task<int> PlacementsAsync() =>
        (await Hub.ListAsync(HubResource.Placements, "naas", HubLabels.Service, TestContext.Current.CancellationToken)).Items.Count;

    public static async Task UntilAsync(Func<Task<bool>> condition, int seconds = 30)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
        await sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static IHost Build(string folder, Uri hub, Setup setup)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Worker"] = setup.Connection("worker", folder),
            ["ConnectionStrings:Customer"] = setup.Connection("customer", folder),
            ["ConnectionStrings:RabbitMq"] = setup.OnServers ? Environment.GetEnvironmentVariable("NAAS_RABBITMQ") : null,
            ["Hub:Url"] = hub.ToString(),
            ["Fulfilment:SettleTime"] = "00:00:20",
            ["Fulfilment:Charts:FolderRoots:0"] = setup.ChartFolder,
        });
        builder.Configuration.AddInMemoryCollection(setup.Settings);
        builder.Logging.SetMinimumLevel(Environment.GetEnvironmentVariable("NAAS_TEST_LOG") is { } level ? Enum.Parse<LogLevel>(level) : LogLevel.None);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Logging.AddFilter("Microsoft", LogLevel.None).AddFilter("MassTransit", LogLevel.None);
        builder.Services.AddSingleton(setup.Received);
        if (setup.ChartFolder is null)
        {
            builder.Services.AddSingleton<ReleaseSource>((intent, _, _) => Task.FromResult(Rendered(intent)));
        }

        builder.Services.AddFulfilment(builder.Configuration);
        builder.Services.AddSingleton(HubConnection.Open(new() { Url = hub.ToString() }, [.. setup.OnTheWayToTheHub()]));
        builder.Services.AddDatabase<CustomerDb, SqliteCustomerDb, PostgresCustomerDb>("Customer");
        builder.Services.AddOutbox<CustomerDb>();
        builder.Services.AddConsumer<ReportConsumer, CustomerDb>();
        builder.Services.AddMessageBus(builder.Configuration);
        return builder.Build();
    }

    private static Release Rendered(DeploymentIntent intent)
    {
        var yaml = (string)JsonNode.Parse(intent.Values)!["objects"]!;
        var scopes = new ObjectScopes([]);
        IReadOnlyList<JsonObject> objects = [.. Objects.Of(yaml).Select(o => scopes.InNamespace(o, intent.Namespace))];
        return new()
        {
            Name = intent.ReleaseName,
            Namespace = intent.Namespace,
            ChartVersion = "1.0.0",
            ChartDigest = "sha256:0",
            Digest = Digests.Of(objects),
            Objects = objects,
            Hooks = [],
            Crds = [],
            Notes = "have fun",
        };
    }

    /// <summary>Sends a command.</summary>
    public async Task SendAsync(object command)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CustomerDb>();
        db.Enqueue(command);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static HubClient Client(Uri server) => new(HubConnection.Open(new() { Url = server.ToString() }));
}

/// <summary>How an installation is made.</summary>
internal sealed record Setup
{
    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>Folder of real charts; null replaces charts by their objects.</summary>
    public string? ChartFolder { get; init; }

    /// <summary>On PostgreSQL and RabbitMQ, as <c>tests/run.sh</c> starts them, instead of the embedded stand-ins.</summary>
    public bool OnServers { get; init; }

    public string Connection(string name, string folder) => OnServers
        ? $"{Environment.GetEnvironmentVariable("NAAS_POSTGRES")};Database={Path.GetFileName(folder).Replace('-', '_').ToLowerInvariant()}_{name}"
        : $"Data Source={Path.Combine(folder, name)}.db";

    /// <summary>Settings of the worker beside those that every installation has.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    public Func<IEnumerable<DelegatingHandler>> OnTheWayToTheHub { get; init; } = () => [];

    public Received Received { get; } = new();
}

internal sealed class Received
{
    public ConcurrentQueue<ServiceReported> Reports { get; } = new();
}

internal class CustomerDb(DbContextOptions options) : ServiceDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}

internal sealed class SqliteCustomerDb(DbContextOptions<SqliteCustomerDb> options) : CustomerDb(options);

internal sealed class PostgresCustomerDb(DbContextOptions<PostgresCustomerDb> options) : CustomerDb(options);

internal sealed class ReportConsumer(Received received) : IConsumer<ServiceReported>
{
    public Task Consume(ConsumeContext<ServiceReported> context)
    {
        received.Reports.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}
