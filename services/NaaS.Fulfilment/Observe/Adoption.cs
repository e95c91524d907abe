using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Observe;

/// <summary>
/// Takes notice of objects on the hub that are a service's and that our database does not know: it was put back to an earlier state, and the hub went
/// on meanwhile. The reconciler then brings hub and clusters to what the database says, make before break. Objects of services that are not known at
/// all stay as they are.
/// </summary>
internal static class Adoption
{
    /// <summary>The row that an object of the hub should have.</summary>
    public static HubObjectRecord RecordOf(Guid service, JsonObject o)
    {
        var name = (string)o["metadata"]!["name"]!;
        var kind = (string?)o["kind"] == HubResource.Placements.Kind ? HubObjectKind.Placement
            : WorkNames.PartOf(name) is null ? HubObjectKind.Hook
            : HubObjectKind.Work;
        return new() { ServiceId = service, Kind = kind, Namespace = (string)o["metadata"]!["namespace"]!, Name = name };
    }

    /// <summary>Adds the rows that are missing; gives those whose service is not known.</summary>
    public static async Task<IReadOnlyList<HubObjectRecord>> AdoptAsync(FulfilmentDb db, IReadOnlyCollection<HubObjectRecord> found, CancellationToken cancellationToken)
    {
        var strangers = new List<HubObjectRecord>();
        foreach (var chunk in found.Chunk(500))
        {
            var ids = chunk.Select(o => o.ServiceId).Distinct().ToList();
            await db.InTransactionAsync(
                async token =>
                {
                    var services = (await db.Services.Where(service => ids.Contains(service.Id)).Select(service => service.Id).ToListAsync(token)).ToHashSet();
                    var rows = (await db.HubObjects.AsNoTracking().Where(o => ids.Contains(o.ServiceId)).ToListAsync(token)).Select(o => (o.Kind, o.Namespace, o.Name)).ToHashSet();
                    db.HubObjects.AddRange(chunk.Where(o => services.Contains(o.ServiceId) && !rows.Contains((o.Kind, o.Namespace, o.Name))));
                    strangers.AddRange(chunk.Where(o => !services.Contains(o.ServiceId)));
                    await db.SaveChangesAsync(token);
                },
                cancellationToken);
            db.ChangeTracker.Clear();
        }

        return strangers;
    }
}
