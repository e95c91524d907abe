using NaaS.Standalone.Serving;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary><c>naas sandbox</c> as a process that can be killed and started again on the same address and data.</summary>
internal sealed class SandboxHub : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-hub-");
    private readonly Uri listen = new($"http://127.0.0.1:{AllInOne.FreePort()}");
    private Executable process;

    private SandboxHub() => process = Start();

    public Uri Hub => new(listen, "/hub");

    public Uri Charts => new(listen, "/charts");

    public Uri Cluster(string name) => new(listen, $"/clusters/{name}");

    public static async Task<SandboxHub> StartAsync(CancellationToken cancellationToken)
    {
        var hub = new SandboxHub();
        await hub.process.UntilReadyAsync(hub.listen, cancellationToken);
        return hub;
    }

    /// <summary>Ends it as a crash does and starts it again; comes back when it serves.</summary>
    public async Task CrashAsync(CancellationToken cancellationToken)
    {
        await process.KillAsync(cancellationToken);
        await process.DisposeAsync();
        process = Start();
        await process.UntilReadyAsync(listen, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        data.Delete(recursive: true);
    }

    private Executable Start() => Executable.Start("NaaS.Standalone", "naas", ["sandbox", "--urls", listen.ToString(), "--data", data.FullName]);
}
