using Microsoft.EntityFrameworkCore;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;

namespace NaaS.Fulfilment.Storage;

/// <summary>Stores ledgers.</summary>
internal static class LedgerStorage
{
    /// <summary>Throws <see cref="ObjectTakenException"/> where another service has an object of the ledger. The unique index guards what this read may miss.</summary>
    public static async Task EnsureFreeAsync(FulfilmentDb db, Guid serviceId, Ledger ledger, CancellationToken cancellationToken)
    {
        var clusters = ledger.Entries.Keys.Select(key => key.Cluster).Distinct().ToList();
        var names = ledger.Entries.Keys.Select(key => key.Key.Name).Distinct().ToList();
        var others = await db.Objects.AsNoTracking()
            .Where(o => o.ServiceId != serviceId && o.Owner == "" && clusters.Contains(o.Cluster) && names.Contains(o.Name))
            .ToListAsync(cancellationToken);
        var taken = others.Find(o => ledger.Entries.ContainsKey((o.Cluster, new(o.ApiGroup, o.Kind, o.Namespace, o.Name))));
        if (taken is not null)
        {
            throw new ObjectTakenException(new(taken.ApiGroup, taken.Kind, taken.Namespace, taken.Name), taken.Cluster, taken.ServiceId);
        }
    }

    /// <summary>Adds to what is saved next that the service's objects are those of the ledger.</summary>
    public static async Task StoreAsync(FulfilmentDb db, Guid serviceId, Ledger ledger, CancellationToken cancellationToken)
    {
        var rows = await db.Objects.Where(o => o.ServiceId == serviceId)
            .ToDictionaryAsync(o => (o.Cluster, new ObjectKey(o.ApiGroup, o.Kind, o.Namespace, o.Name)), cancellationToken);
        db.Objects.RemoveRange(rows.Where(row => !ledger.Entries.ContainsKey(row.Key)).Select(row => row.Value));
        foreach (var ((cluster, key), entry) in ledger.Entries)
        {
            if (rows.TryGetValue((cluster, key), out var row))
            {
                (row.Part, row.Number, row.Digest, row.Watched) = (entry.Part, entry.Number, entry.Digest, entry.Watched);
            }
            else
            {
                db.Objects.Add(Row(serviceId, cluster, key, entry));
            }
        }
    }

    private static ObjectRecord Row(Guid serviceId, string cluster, ObjectKey key, LedgerEntry entry) => new()
    {
        ServiceId = serviceId,
        Cluster = cluster,
        ApiGroup = key.Group,
        Kind = key.Kind,
        Namespace = key.Namespace,
        Name = key.Name,
        Owner = Ledger.IsShared(key) ? serviceId.ToString() : "",
        Part = entry.Part,
        Number = entry.Number,
        Digest = entry.Digest,
        Watched = entry.Watched,
    };
}

/// <summary>Another service has the object: two cannot want the same one.</summary>
internal sealed class ObjectTakenException(ObjectKey key, string cluster, Guid owner) : Exception($"{key} on {cluster} belongs to service {owner}");
