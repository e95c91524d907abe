using NaaS.Standalone.Charts;
using NaaS.Standalone.Serving;
using Hub = NaaS.Sandbox.Sandbox;

namespace NaaS.Standalone.SandboxServing;

/// <summary>
/// The sandbox on an address of its own choice: <c>/hub</c>, <c>/clusters/NAME</c>, <c>/charts</c>, and <c>/kubeconfig</c>, which names the
/// address that it was asked under.
/// </summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private readonly Hub sandbox;
    private readonly WebApplication app;

    private SandboxServer(Hub sandbox, WebApplication app, Uri address, FileInfo kubeconfig) =>
        (this.sandbox, this.app, Address, Kubeconfig) = (sandbox, app, address, kubeconfig);

    /// <summary>Where clients reach it.</summary>
    public Uri Address { get; }

    /// <summary>Written when it serves.</summary>
    public FileInfo Kubeconfig { get; }

    /// <summary>Starts it; it serves, and the kubeconfig is written, when this comes back.</summary>
    public static async Task<SandboxServer> StartAsync(Uri url, Uri? address, DirectoryInfo data, CancellationToken cancellationToken)
    {
        data.Create();
        var listen = url.Port == 0 ? new UriBuilder(url) { Port = AllInOne.FreePort() }.Uri : url;
        var reached = address ?? (listen.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listen) { Host = Environment.MachineName }.Uri : listen);
        var sandbox = await Hub.StartAsync(new() { DataFolder = data.FullName }, cancellationToken);
        try
        {
            var app = Build(sandbox, listen);
            await app.StartAsync(cancellationToken);
            var kubeconfig = new FileInfo(Path.Combine(data.FullName, "kubeconfig"));
            var draft = kubeconfig.FullName + ".new";
            await File.WriteAllTextAsync(draft, sandbox.Kubeconfig(reached), cancellationToken);
            File.Move(draft, kubeconfig.FullName, overwrite: true);
            return new(sandbox, app, reached, kubeconfig);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        await sandbox.DisposeAsync();
    }

    private static WebApplication Build(Hub sandbox, Uri listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(listen.ToString()).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapCharts();
        app.MapGet("/kubeconfig", (HttpRequest request) =>
            Results.Text(sandbox.Kubeconfig(new Uri($"{request.Scheme}://{request.Host}/")), "application/yaml"));
        app.MapGet("/health/ready", () => Results.Text("Healthy"));
        app.MapFallback("{**path}", sandbox.ServeAsync);
        return app;
    }
}
