using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace NaaS.Messaging.Storage;

/// <summary>Brings the tables up to date before anything that uses them starts. Replicas that start at once wait for each other. A model without
/// migrations, as small tests have, is created as it is.</summary>
internal sealed class DatabaseMigration<TDb>(IDbContextFactory<TDb> databases) : IHostedLifecycleService
    where TDb : DbContext
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db.Database.GetMigrations().Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        else
        {
            await db.Database.EnsureCreatedAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
