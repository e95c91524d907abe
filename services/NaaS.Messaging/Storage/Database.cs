using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace NaaS.Messaging.Storage;

/// <summary>Looks after the tables of <typeparamref name="TDb"/>. A model without migrations, as small tests have, is created as it is.</summary>
internal sealed class Database<TDb>(string name, Lazy<IDbContextFactory<TDb>> databases, TimeProvider time) : IDatabase
    where TDb : DbContext
{
    private const int MostTries = 20;

    public string Name { get; } = name;

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryMigrateAsync(cancellationToken);
            }
            catch (PostgresException lost) when (tries < MostTries && IsLostRace(lost.SqlState))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 * tries), time, cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.Value.CreateDbContextAsync(cancellationToken);
        return db.Database.GetMigrations().Any() ? [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)] : [];
    }

    private async Task<IReadOnlyList<string>> TryMigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.Value.CreateDbContextAsync(cancellationToken);
        if (!db.Database.GetMigrations().Any())
        {
            await db.Database.EnsureCreatedAsync(cancellationToken);
            return [];
        }

        await using var turn = await TurnAsync(db, cancellationToken);
        IReadOnlyList<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        await db.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    // The lock that EF takes ends with the first of several migrations, so one of our own is held, by a connection of its own, until all are done.
    private static async Task<NpgsqlConnection?> TurnAsync(TDb db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsNpgsql())
        {
            return null;
        }

        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            await creator.CreateAsync(cancellationToken);
        }

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(7311236)", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
        // Without it EF looks for it with a statement that fails, and logs that as an error.
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        return connection;
    }

    // Creating the database cannot be locked.
    private static bool IsLostRace(string state) => state
        is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable
        or PostgresErrorCodes.ObjectInUse or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.InvalidCatalogName;
}
