using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Designs by revision. They never change once stored, so the last ones used are kept unpacked.</summary>
internal sealed class DesignCache
{
    private const int Most = 256;
    private readonly ConcurrentDictionary<(Guid, int), Design> designs = new();

    /// <summary>The design of a revision; null where the revision was refused before it had one.</summary>
    public async Task<Design?> FindAsync(FulfilmentDb db, Guid serviceId, int revision, CancellationToken cancellationToken)
    {
        if (designs.TryGetValue((serviceId, revision), out var known))
        {
            return known;
        }

        var content = await db.Revisions.Where(row => row.ServiceId == serviceId && row.Number == revision)
            .Select(row => row.Content).SingleOrDefaultAsync(cancellationToken);
        if (content is null)
        {
            return null;
        }

        if (designs.Count >= Most)
        {
            designs.Clear();
        }

        return designs[(serviceId, revision)] = StoredDesign.Read(content);
    }
}
