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
using NaaS.Fulfilment.Storage;
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
    private readonly ConcurrentDictionary<string, JsonObject> given = new(StringComparer.Ordinal);
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

    /// <summary>Ends the worker, however it is, and starts another one that lives that life.</summary>
    public Task RestartAsync(Life life)
    {
        setup.Life = life;
        return RestartAsync();
    }

    /// <summary>The life of the worker; null where nothing is counted.</summary>
    public Life? Life => setup.Life;

    /// <summary>Orders the service or a change of it; the chart is the YAML of its objects.</summary>
    public Task<long> ChangeAsync(string objects, string? placement = null, int deadline = 60, string? @namespace = "default", string? plan = null, string? hooks = null) =>
        OrderAsync(
            "test/objects",
            ("Base service registry/repository URL", "https://charts.test"),
            ("Helm Package Configuration", new JsonObject { ["objects"] = objects, ["hooks"] = hooks }.ToJsonString()),
            ("Service namespace", @namespace ?? ""),
            ("Deadline", deadline.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Plan digest", plan ?? ""),
            ("Cluster Metadata", placement ?? ""));

    /// <summary>Asks what ordering these objects would do; for a service that is there or, without one, for a new one.</summary>
    public async Task<ServicePlan> PreviewAsync(string? objects, string? placement = null, bool isNew = false, bool? inactive = null, params string[] secrets)
    {
        var id = Guid.NewGuid();
        List<ServiceCharacteristic>? wanted = objects is null
            ? null
            :
            [
                new("Service artifact identifier in service registry/repository", "TEXT", "test/objects", false),
                new("Base service registry/repository URL", "TEXT", "https://charts.test", false),
                new("Helm Package Configuration", "TEXT", new JsonObject { ["objects"] = objects }.ToJsonString(), false),
                new("Service namespace", "TEXT", "default", false),
                new("Deadline", "TEXT", "60", false),
                new("Cluster Metadata", "TEXT", placement ?? "", false),
                .. secrets.Select(secret => new ServiceCharacteristic($"secret {secret}", "TEXT", secret, false)),
            ];
        await SendAsync(new PreviewService(id, "1", isNew ? null : Service, "shop", wanted, [.. secrets.Select(secret => $"secret {secret}")]) { Inactive = inactive });
        await UntilAsync(() => Task.FromResult(setup.Received.Plans.Any(answer => answer.PreviewId == id)));
        return setup.Received.Plans.Single(answer => answer.PreviewId == id).Plan;
    }

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
    public async Task<ServiceReported> ConclusionAsync(long command, int seconds = 30)
    {
        ServiceReported? found = null;
        await UntilAsync(() => Task.FromResult((found = Reports.FirstOrDefault(report => report.Sequence == command && report.Rollout >= Rollout.Good)) is not null), seconds);
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

    /// <summary>Orders faults of a cluster; none makes it well again.</summary>
    public Task FaultAsync(string cluster, string faults) =>
        ClusterAsync(cluster, new() { ["annotations"] = new JsonObject { ["sandbox.naas.example/faults"] = faults } });

    /// <summary>Labels a cluster.</summary>
    public Task LabelAsync(string cluster, string label, string value) => ClusterAsync(cluster, new() { ["labels"] = new JsonObject { [label] = value } });

    private Task<JsonObject> ClusterAsync(string name, JsonObject change)
    {
        // What one field manager no longer sends is taken away.
        var metadata = given.GetOrAdd(name, _ => new() { ["name"] = name });
        foreach (var (field, value) in change)
        {
            metadata[field] = value!.DeepClone();
        }

        return Hub.ApplyAsync(
            HubResource.ManagedClusters,
            new() { ["apiVersion"] = HubResource.ManagedClusters.ApiVersion, ["kind"] = "ManagedCluster", ["metadata"] = metadata.DeepClone() },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Deletes all pods of a cluster; their controllers make them anew.</summary>
    public async Task RestartPodsAsync(string cluster)
    {
        var pods = new HubResource("", "v1", "pods", "Pod");
        foreach (var pod in (await Cluster(cluster).ListAsync(pods, "default", null, TestContext.Current.CancellationToken)).Items)
        {
            await Cluster(cluster).DeleteAsync(pods, "default", (string)pod["metadata"]!["name"]!, TestContext.Current.CancellationToken);
        }
    }

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
            ["Fulfilment:UnreadyTolerance"] = "00:00:00.5",
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
        builder.Services.AddSingleton(HubConnection.Open(new() { Url = hub.ToString() }, [.. setup.OnTheWayToTheHub(), .. setup.Life is { } way ? new[] { way.ToHub() } : []]));
        if (setup.Life is { } life)
        {
            builder.Services.ConfigureDbContext<SqliteFulfilmentDb>(options => options.AddInterceptors(life.ToDatabase()));
        }

        builder.Services.AddDatabase<CustomerDb, SqliteCustomerDb, PostgresCustomerDb>("Customer");
        builder.Services.AddOutbox<CustomerDb>();
        builder.Services.AddConsumer<ReportConsumer, CustomerDb>();
        builder.Services.AddConsumer<PlanConsumer, CustomerDb>();
        builder.Services.AddMessageBus(builder.Configuration);
        return builder.Build();
    }

    private static Release Rendered(DeploymentIntent intent)
    {
        var yaml = (string)JsonNode.Parse(intent.Values)!["objects"]!;
        var scopes = new ObjectScopes([]);
        IReadOnlyList<JsonObject> objects = [.. Objects.Of(yaml).Select(o => scopes.InNamespace(o, intent.Namespace))];
        ReleaseChecks.Check(objects);
        return new()
        {
            Name = intent.ReleaseName,
            Namespace = intent.Namespace,
            ChartVersion = "1.0.0",
            ChartDigest = "sha256:0",
            Digest = Digests.Of([.. objects, JsonNode.Parse(intent.Values)!["hooks"]]),
            Objects = objects,
            Hooks = [.. ((string?)JsonNode.Parse(intent.Values)!["hooks"] is { } hooks ? Objects.Of(hooks) : []).Select(o => Hook(scopes.InNamespace(o, intent.Namespace)))],
            Crds = [],
            Notes = "have fun",
        };
    }

    private static ReleaseHook Hook(JsonObject o)
    {
        string[] Words(string name) => ((string?)o["metadata"]!["annotations"]![name] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new(o, Words("helm.sh/hook"), int.Parse(Words("helm.sh/hook-weight").FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture), Words("helm.sh/hook-delete-policy"));
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

    /// <summary>The life of the worker that is started next; null where nothing is counted.</summary>
    public Life? Life { get; set; }

    public Received Received { get; } = new();
}

internal sealed class Received
{
    public ConcurrentQueue<ServiceReported> Reports { get; } = new();

    public ConcurrentQueue<ServicePreviewed> Plans { get; } = new();
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

internal sealed class PlanConsumer(Received received) : IConsumer<ServicePreviewed>
{
    public Task Consume(ConsumeContext<ServicePreviewed> context)
    {
        received.Plans.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}
