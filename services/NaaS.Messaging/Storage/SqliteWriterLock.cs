using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace NaaS.Messaging.Storage;

/// <summary>
/// One writer at a time for each SQLite file, waited for without blocking a thread. SQLite allows one writer anyway; without this lock the
/// others would sleep and retry in no fair order. Covers SaveChanges; explicit transactions take it in <see cref="DatabaseTransactions"/>.
/// </summary>
internal sealed class SqliteWriterLock : SaveChangesInterceptor
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Files = new(StringComparer.Ordinal);

    public static SqliteWriterLock Instance { get; } = new();

    /// <summary>The lock of the context's file; null where the database is not SQLite.</summary>
    public static SemaphoreSlim? Of(DbContext db) =>
        db.Database.IsSqlite() ? Files.GetOrAdd(db.Database.GetDbConnection().DataSource, _ => new SemaphoreSlim(1, 1)) : null;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (WithoutTransaction(eventData.Context) is { } writer)
        {
            await writer.WaitAsync(cancellationToken);
        }

        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        WithoutTransaction(eventData.Context)?.Release();
        return ValueTask.FromResult(result);
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        WithoutTransaction(eventData.Context)?.Release();
        return Task.CompletedTask;
    }

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        WithoutTransaction(eventData.Context)?.Release();
        return Task.CompletedTask;
    }

    private static SemaphoreSlim? WithoutTransaction(DbContext? db) =>
        db is { Database.CurrentTransaction: null } ? Of(db) : null;
}
