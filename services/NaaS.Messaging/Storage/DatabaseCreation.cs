using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace NaaS.Messaging.Storage;

/// <summary>Creates the tables before anything that uses them starts.</summary>
internal sealed class DatabaseCreation<TDb>(IDbContextFactory<TDb> databases) : IHostedLifecycleService
    where TDb : DbContext
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.EnsureCreatedAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
