using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NaaS.Messaging.Storage;

/// <summary>Sets each SQLite connection up: WAL, so that readers never wait; full sync, so that an accepted order outlives a power cut.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; " + ReadOnlyPragmas;
    private const string ReadOnlyPragmas = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=15000; PRAGMA foreign_keys=ON;";

    public static SqliteSettings Instance { get; } = new();

    // EF Core looks by a read-only connection whether the file is there; one that VACUUM INTO made is not in WAL mode yet.
    private static string PragmasFor(DbConnection connection) =>
        connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase) ? ReadOnlyPragmas : Pragmas;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
