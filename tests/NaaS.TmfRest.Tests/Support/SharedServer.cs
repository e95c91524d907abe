namespace NaaS.TmfRest.Tests.Support;

/// <summary>A server that the tests of a class share, started by the first that runs (so that a database that is absent skips tests).</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private TmfServer? server;

    /// <summary>The server; started, and filled by <paramref name="prepare"/>, at the first call.</summary>
    internal async Task<TmfServer> GetAsync(Func<Task<TmfServer>> start, Func<TmfServer, Task>? prepare = null)
    {
        if (server is null)
        {
            server = await start();
            await (prepare?.Invoke(server) ?? Task.CompletedTask);
        }

        return server;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
