using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Storage;

/// <summary>The right to work on one service for a while.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Wakes">Wakes counted when it was taken.</param>
/// <param name="Failures">Failures in a row before it was taken.</param>
internal sealed record Lease(Guid ServiceId, string Owner, long Wakes, int Failures);

/// <summary>Takes and gives back leases on services. Several workers share the work: rows that another one is just taking are skipped.</summary>
internal static class Leases
{
    /// <summary>Takes at most <paramref name="count"/> services that are due and nobody works on.</summary>
    public static Task<List<Lease>> TakeAsync(
        this FulfilmentDb db, string owner, int count, TimeSpan duration, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            async token =>
            {
                var due = await Due(db, count, now).ToListAsync(token);
                foreach (var service in due)
                {
                    service.LeaseOwner = owner;
                    service.LeaseUntil = now + duration;
                    service.Version = Guid.NewGuid();
                }

                await db.SaveChangesAsync(token);
                return due.ConvertAll(service => new Lease(service.Id, owner, service.Wakes, service.Failures));
            },
            cancellationToken);

    /// <summary>When the next service is due, or its lease ends; null where there is none.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(this FulfilmentDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var free = await db.Services.Where(service => service.LeaseUntil <= now).MinAsync(service => (DateTimeOffset?)service.NextRun, cancellationToken);
        var held = await db.Services.Where(service => service.LeaseUntil > now).MinAsync(service => (DateTimeOffset?)service.LeaseUntil, cancellationToken);
        return free is null || held < free ? held : free;
    }

    /// <summary>Gives the lease back; the service is due at <paramref name="next"/>, or now where it was woken meanwhile.</summary>
    public static Task GiveBackAsync(
        this FulfilmentDb db, Lease lease, DateTimeOffset next, int failures, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            token => db.Services.Where(service => service.Id == lease.ServiceId && service.LeaseOwner == lease.Owner).ExecuteUpdateAsync(
                set => set
                    .SetProperty(service => service.LeaseOwner, (string?)null)
                    .SetProperty(service => service.LeaseUntil, DateTimeOffset.UnixEpoch)
                    .SetProperty(service => service.Failures, failures)
                    .SetProperty(service => service.NextRun, service => service.Wakes == lease.Wakes ? next : now),
                token),
            cancellationToken);

    /// <summary>Keeps the lease for longer.</summary>
    public static Task RenewAsync(this FulfilmentDb db, Lease lease, DateTimeOffset until, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            token => db.Services.Where(service => service.Id == lease.ServiceId && service.LeaseOwner == lease.Owner)
                .ExecuteUpdateAsync(set => set.SetProperty(service => service.LeaseUntil, until), token),
            cancellationToken);

    /// <summary>Ends all leases.</summary>
    public static Task EndLeasesAsync(this FulfilmentDb db, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            token => db.Services.Where(service => service.LeaseOwner != null).ExecuteUpdateAsync(
                set => set.SetProperty(service => service.LeaseOwner, (string?)null).SetProperty(service => service.LeaseUntil, DateTimeOffset.UnixEpoch), token),
            cancellationToken);

    private static IQueryable<ServiceRecord> Due(FulfilmentDb db, int count, DateTimeOffset now)
    {
        if (!db.Database.IsNpgsql())
        {
            return db.Services.Where(service => service.NextRun <= now && service.LeaseUntil <= now).OrderBy(service => service.NextRun).Take(count);
        }

        var instant = now.ToUnixTimeMilliseconds();
        return db.Services.FromSql(
            $"""SELECT * FROM services WHERE "NextRun" <= {instant} AND "LeaseUntil" <= {instant} ORDER BY "NextRun" LIMIT {count} FOR UPDATE SKIP LOCKED""");
    }
}
