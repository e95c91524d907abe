using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Inventory.Changes;
using NaaS.Inventory.Wishes;
using NaaS.Messaging.Outbox;
using NaaS.Messaging.Storage;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;

namespace NaaS.Inventory.Operations;

/// <summary>What an operator may see of services and do to them, beside TMF638. No values: names, causes, outcomes.</summary>
public sealed class InventoryOperations(ResourceStore store, TimeProvider time)
{
    private const int Shown = 1000;

    /// <summary>Services whose last command the worker has not concluded, though nothing was heard of it for this long.</summary>
    public async Task<IReadOnlyList<StuckService>> StuckAsync(TimeSpan silent, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - silent;
        var wishes = await store.QueryAsync<ServiceWish>($"settled=false&limit={Shown}", cancellationToken);
        var ids = wishes.Select(wish => wish.Id!).ToList();
        var heard = await store.Db.Resources.AsNoTracking().Where(row => row.Type == "serviceWish" && ids.Contains(row.Id) && row.ChangedAt <= before)
            .ToDictionaryAsync(row => row.Id, row => row.ChangedAt, cancellationToken);
        return
        [
            .. from wish in wishes
               where heard.ContainsKey(wish.Id!)
               let last = wish.Revisions.LastOrDefault(revision => revision.Sequence == wish.Sequence)
               select new StuckService(wish.Id!, wish.ServiceName, wish.Sequence, wish.Ending, wish.LastCause, last?.Rollout, last?.Reason, heard[wish.Id!]),
        ];
    }

    /// <summary>Sends the last command of a service again: the worker looks again and tells what is. Nothing that is under way is disturbed.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such service.</exception>
    /// <exception cref="ResourceConflictException">The worker was never asked for it.</exception>
    public Task SendAgainAsync(string id, CancellationToken cancellationToken) => store.Db.InTransactionAsync(
        async token =>
        {
            var wish = await store.FindForChangeAsync<ServiceWish>(id, token) ?? throw new ResourceNotFoundException("service", id);
            if (wish.LastCause is null)
            {
                throw new ResourceConflictException($"The worker was never asked for service {id}");
            }

            store.Db.Enqueue(Commands.Of(wish));
            await store.Db.SaveChangesAsync(token);
        },
        cancellationToken);

    /// <summary>
    /// Sends the last command of every service again, as is needed after a restore: the worker takes those that it does not know and tells of all what is.
    /// Returns how many.
    /// </summary>
    public async Task<int> SendAllAgainAsync(CancellationToken cancellationToken)
    {
        var ids = await store.Db.Resources.AsNoTracking().Where(row => row.Type == "serviceWish").Select(row => row.Id).ToListAsync(cancellationToken);
        var sent = 0;
        foreach (var chunk in ids.Chunk(Shown))
        {
            sent += await store.Db.InTransactionAsync(
                async token =>
                {
                    var count = 0;
                    foreach (var id in chunk)
                    {
                        if (await store.FindForChangeAsync<ServiceWish>(id, token) is { LastCause: not null } wish)
                        {
                            store.Db.Enqueue(Commands.Of(wish));
                            count++;
                        }
                    }

                    await store.Db.SaveChangesAsync(token);
                    return count;
                },
                cancellationToken);
            store.Db.ChangeTracker.Clear();
        }

        return sent;
    }

    /// <summary>The revisions of a service that an order caused, with what each delivered.</summary>
    public async Task<IReadOnlyList<AuditedRevision>> RevisionsAsync(string id, string orderId, CancellationToken cancellationToken)
    {
        var wish = await store.FindAsync<ServiceWish>(id, cancellationToken);
        var audited = new List<AuditedRevision>();
        foreach (var revision in (wish?.Revisions ?? []).Where(revision => revision.Cause.Kind == "order" && revision.Cause.Id == orderId))
        {
            var record = await store.FindAsync<DeliveryRecord>(DeliveryRecord.IdOf(id, revision.Number), cancellationToken);
            audited.Add(new(
                id, revision.Number, revision.Cause.ItemId, revision.Rollout, revision.Reason, revision.ChartVersion, record?.Delivered, revision.StartedAt, revision.At));
        }

        return audited;
    }
}

/// <summary>A service whose last command is not concluded.</summary>
/// <param name="Id">The service.</param>
/// <param name="Name">Name as ordered.</param>
/// <param name="Sequence">Sequence of the command.</param>
/// <param name="Ending">Whether the command ends the service.</param>
/// <param name="Cause">What asked for it.</param>
/// <param name="Rollout">How far it has come; null where nothing was heard.</param>
/// <param name="Reason">Why it waits.</param>
/// <param name="Since">When something was heard or asked last.</param>
public sealed record StuckService(string Id, string Name, long Sequence, bool Ending, Cause? Cause, string? Rollout, string? Reason, DateTimeOffset Since);

/// <summary>One revision in an audit trail.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Revision">Number of the revision.</param>
/// <param name="ItemId">The order item that caused it.</param>
/// <param name="Outcome">How far it came.</param>
/// <param name="Reason">Why it waits or failed.</param>
/// <param name="ChartVersion">Resolved chart version.</param>
/// <param name="Delivered">Digests, and objects per cluster; null where it was not concluded.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="At">When that was true.</param>
public sealed record AuditedRevision(
    string ServiceId, int Revision, string? ItemId, string Outcome, string? Reason, string? ChartVersion, DeliveredRevision? Delivered, DateTimeOffset StartedAt, DateTimeOffset At);
