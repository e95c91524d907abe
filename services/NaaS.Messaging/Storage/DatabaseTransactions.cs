using Microsoft.EntityFrameworkCore;

namespace NaaS.Messaging.Storage;

/// <summary>The one way to open a transaction.</summary>
public static class DatabaseTransactions
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction that commits when it returns and rolls back when it throws.
    /// Inside another such call it joins that transaction.
    /// </summary>
    public static async Task<T> InTransactionAsync<T>(this DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await work(cancellationToken);
        }

        var writer = SqliteWriterLock.Of(db);
        if (writer is not null)
        {
            await writer.WaitAsync(cancellationToken);
        }

        try
        {
            // A save that fails ends the whole transaction, so a point to go back to would only be two statements more for each.
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            writer?.Release();
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public static Task InTransactionAsync(this DbContext db, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken);
}
