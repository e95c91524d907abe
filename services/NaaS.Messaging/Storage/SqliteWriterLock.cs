using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace NaaS.Messaging.Storage;

/// <summary>
/// One writer at a time for each SQLite file, waited for without blocking a thread. SQLite allows one writer anyway; without this lock the
/// others would sleep and retry in no fair order. <see cref="ServiceDbContext"/> takes it for SaveChanges, <see cref="DatabaseTransactions"/>
/// for explicit transactions.
/// </summary>
internal static class SqliteWriterLock
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    /// <summary>The lock of the context's file; null where the database is not SQLite.</summary>
    public static SemaphoreSlim? Of(DbContext db) =>
        db.Database.IsSqlite() ? Files.GetOrAdd(db.Database.GetDbConnection().DataSource, _ => new SemaphoreSlim(1, 1)) : null;
}
