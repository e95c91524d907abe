using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace NaaS.Messaging.Storage;

/// <summary>
/// Before anything starts that uses the tables: brings them up to date, or, where that is a step of its own (<c>naas migrate</c>), refuses to start
/// on tables that are not.
/// </summary>
internal sealed class DatabaseMigration(IEnumerable<IDatabase> databases, IOptions<DatabaseOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            if (options.Value.MigrateAtStart)
            {
                await database.MigrateAsync(cancellationToken);
            }
            else if (await database.PendingAsync(cancellationToken) is { Count: > 0 } pending)
            {
                throw new InvalidOperationException($"The database {database.Name} lacks {string.Join(", ", pending)}: run `naas migrate`, or set Database:MigrateAtStart.");
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
