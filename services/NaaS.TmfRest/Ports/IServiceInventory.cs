using NaaS.Contracts;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Ports;

/// <summary>What ordering asks of the inventory. Each call works in the caller's transaction; commands to the worker are written with it.</summary>
public interface IServiceInventory
{
    /// <summary>Records a new service in state <c>reserved</c> under a new id and asks the worker to make it.</summary>
    Task<Service> ReserveAsync(ServiceReservation reservation, CancellationToken cancellationToken);

    /// <summary>The service; null where there is none.</summary>
    Task<Service?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Merges these characteristics by name into the wanted ones and asks the worker for the change.</summary>
    /// <returns>The service with the wanted values.</returns>
    Task<Service> ChangeAsync(string id, IReadOnlyList<Characteristic> changes, Cause cause, CancellationToken cancellationToken);

    /// <summary>Asks the worker to end the service.</summary>
    Task<Service> TerminateAsync(string id, Cause cause, CancellationToken cancellationToken);
}
