using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Events;

/// <summary>Which replica delivers to a listener: a lease on the listener's row. An SQLite file belongs to one process, which needs none.</summary>
internal sealed class LaneClaims(IDbContextFactory<TmfDb> databases, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly string self = Guid.NewGuid().ToString("N");

    /// <summary>Takes or renews the lease; false where another replica holds it.</summary>
    public async Task<bool> TryTakeAsync(string listener, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db.Database.IsSqlite())
        {
            return true;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var until = now + (long)Lease.TotalMilliseconds;
        var held = await db.Subscriptions.AnyAsync(
            row => row.Id == listener && row.ClaimedBy == self && row.ClaimedUntil > now + (long)(Lease.TotalMilliseconds / 2), cancellationToken);
        return held || await db.InTransactionAsync(
            token => db.Subscriptions
                .Where(row => row.Id == listener && (row.ClaimedBy == null || row.ClaimedBy == self || row.ClaimedUntil < now))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedBy, self).SetProperty(row => row.ClaimedUntil, until), token),
            cancellationToken) == 1;
    }

    /// <summary>Gives the lease back, so that another replica need not wait for its end.</summary>
    public async Task ReleaseAsync(string listener)
    {
        // Also when the process stops: that is when it matters most.
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        if (!db.Database.IsSqlite())
        {
            await db.Subscriptions.Where(row => row.Id == listener && row.ClaimedBy == self)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedBy, (string?)null), CancellationToken.None);
        }
    }
}
