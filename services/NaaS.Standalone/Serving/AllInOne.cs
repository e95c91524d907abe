using System.Net;
using System.Net.Sockets;
using NaaS.Api;
using NaaS.Fulfilment;
using NaaS.Hosting.Telemetry;
using NaaS.Messaging.Bus;
using NaaS.Sandbox;
using NaaS.Standalone.Charts;
using NaaS.TmfRest.Security;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.Standalone.Serving;

/// <summary>API, worker, in-memory messages and simulated clusters in one process, with nothing to install.</summary>
internal sealed class AllInOne : IAsyncDisposable
{
    private readonly Hub sandbox;
    private readonly WebApplication app;
    private readonly FileInfo addressFile;

    private AllInOne(Hub sandbox, WebApplication app, Addresses addresses, FileInfo addressFile) =>
        (this.sandbox, this.app, Addresses, this.addressFile) = (sandbox, app, addresses, addressFile);

    public Addresses Addresses { get; }

    public static async Task<AllInOne> StartAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        options.DataFolder.Create();
        var sandbox = await Hub.StartAsync(new() { Port = options.HubPort, DataFolder = options.DataFolder.FullName }, cancellationToken);
        var api = options.Url.Port == 0 ? new UriBuilder(options.Url) { Port = FreePort() }.Uri : options.Url;
        var addresses = new Addresses(api, new Uri(api, "/openslice/"), new Uri(api, "/charts"), sandbox.Hub, sandbox.Clusters);
        var app = Build(options, addresses, sandbox);
        await app.StartAsync(cancellationToken);

        await File.WriteAllTextAsync(Path.Combine(options.DataFolder.FullName, "kubeconfig"), sandbox.Kubeconfig(), cancellationToken);
        var addressFile = new FileInfo(Path.Combine(options.DataFolder.FullName, "addresses.json"));
        await addresses.WriteAsync(addressFile, cancellationToken);
        return new(sandbox, app, addresses, addressFile);
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        addressFile.Delete();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    private static WebApplication Build(ServeOptions options, Addresses addresses, Hub sandbox)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(addresses.Api.ToString());
        builder.Logging.SetMinimumLevel(options.Quiet ? LogLevel.Warning : LogLevel.Information);
        // Embedded defaults: settings given by environment or appsettings.json win.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["ConnectionStrings:Api"] = $"Data Source={Path.Combine(options.DataFolder.FullName, "api.db")}",
                ["ConnectionStrings:Worker"] = $"Data Source={Path.Combine(options.DataFolder.FullName, "worker.db")}",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Authentication:Embedded:KeyFile"] = Path.Combine(options.DataFolder.FullName, "token-key.pem"),
                ["Hub:Url"] = addresses.Hub.ToString(),
                ["Fulfilment:Translate:Repository"] = addresses.Charts.ToString(),
                ["Fulfilment:Charts:AllowLoopback"] = "true",
                ["Fulfilment:Charts:CacheFolder"] = Path.Combine(options.DataFolder.FullName, "chart-cache"),
            },
        });
        builder.Configuration.AddInMemoryCollection(options.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddNaasTelemetry("naas");
        builder.AddNaasApi();
        builder.Services.AddFulfilment(builder.Configuration);
        builder.Services.AddMessageBus(builder.Configuration);

        var app = builder.Build();
        app.MapNaasApi();
        app.MapNaasMetrics();
        app.MapCharts();
        app.MapPut("/sandbox/clusters/{name}", (string name, CancellationToken stop) => JoinAsync(sandbox, name, stop))
            .RequireAuthorization(Policies.Catalogue).ExcludeFromDescription();
        return app;
    }

    // A further simulated cluster joins the hub, as one that was ordered elsewhere does.
    private static async Task<IResult> JoinAsync(Hub sandbox, string name, CancellationToken cancellationToken)
    {
        await sandbox.AddClusterAsync(SandboxCluster.Of(name, "kubernetes", "edge"), cancellationToken);
        return Results.NoContent();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
