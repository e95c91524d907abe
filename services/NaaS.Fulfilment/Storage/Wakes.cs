using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Storage;

/// <summary>Asking for a look at services.</summary>
internal static class Wakes
{
    /// <summary>Makes the services due now; a look that is under way is followed by another one.</summary>
    public static Task WakeAsync(this FulfilmentDb db, IReadOnlyCollection<Guid> services, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.WakeAsync(db.Services.Where(service => services.Contains(service.Id)), now, cancellationToken);

    /// <inheritdoc cref="WakeAsync(FulfilmentDb, IReadOnlyCollection{Guid}, DateTimeOffset, CancellationToken)"/>
    public static Task WakeAsync(this FulfilmentDb db, IQueryable<ServiceRecord> services, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.InTransactionAsync(
            token => services.ExecuteUpdateAsync(
                set => set.SetProperty(service => service.Wakes, service => service.Wakes + 1).SetProperty(service => service.NextRun, now), token),
            cancellationToken);
}
