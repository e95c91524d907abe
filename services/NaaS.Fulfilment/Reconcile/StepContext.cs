using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>What a step works with: the situation, and the rows that it was read from.</summary>
internal sealed class StepContext(FulfilmentDb db, ServiceRecord service, Situation situation)
{
    /// <summary>The database.</summary>
    public FulfilmentDb Db { get; } = db;

    /// <summary>The service's row, tracked.</summary>
    public ServiceRecord Service { get; set; } = service;

    /// <summary>What is.</summary>
    public Situation Situation { get; } = situation;

    /// <summary>Saves all changes, and fails where another worker or a newer command changed the service since it was read.</summary>
    public Task SaveAsync(DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        Service.LeaseUntil = leaseUntil;
        Service.Version = Guid.NewGuid();
        return Db.SaveChangesAsync(cancellationToken);
    }
}
