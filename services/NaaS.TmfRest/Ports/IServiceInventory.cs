using NaaS.Contracts;
using NaaS.Tmf.Inventory;
using NaaS.Tmf.Shared;

namespace NaaS.TmfRest.Ports;

/// <summary>What ordering asks of the inventory. Each call works in the caller's transaction; commands to the worker are written with it.</summary>
public interface IServiceInventory
{
    /// <summary>Records a new service in state <c>reserved</c> under a new id. Nothing is asked of the worker yet.</summary>
    Task<Service> ReserveAsync(ServiceReservation reservation, CancellationToken cancellationToken);

    /// <summary>Records a reserved service anew, of which the worker knows nothing yet.</summary>
    Task<Service> ReviseAsync(string id, ServiceReservation reservation, CancellationToken cancellationToken);

    /// <summary>Puts the stored secrets back where <c>***</c> stands for them.</summary>
    Task<List<Characteristic>> RestoreAsync(string id, IReadOnlyList<Characteristic> sent, CancellationToken cancellationToken);

    /// <summary>Asks the worker to make a reserved service.</summary>
    /// <returns>Sequence of the command.</returns>
    Task<long> StartAsync(string id, Cause cause, CancellationToken cancellationToken);

    /// <summary>The service; null where there is none.</summary>
    Task<Service?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>What <see cref="ChangeAsync"/> would answer; changes nothing.</summary>
    Task<ChangeAnswer> CheckAsync(string id, IReadOnlyList<Characteristic> changes, bool lenient, CancellationToken cancellationToken);

    /// <summary>What <see cref="ChangeAsync"/> would ask of the worker; changes nothing.</summary>
    Task<WishedService> WishAsync(string id, IReadOnlyList<Characteristic> changes, bool lenient, CancellationToken cancellationToken);

    /// <summary>Merges these characteristics by name into the wanted ones and asks the worker for the change, unless a rule is broken or nothing changes.</summary>
    /// <param name="id">The service.</param>
    /// <param name="changes">The characteristics that change.</param>
    /// <param name="active">Whether the service shall run, or be kept without running; null leaves that.</param>
    /// <param name="cause">What asks for it.</param>
    /// <param name="lenient">Whether what cannot be set is ignored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ChangeAnswer> ChangeAsync(
        string id, IReadOnlyList<Characteristic> changes, bool? active, Cause cause, bool lenient, CancellationToken cancellationToken);

    /// <summary>Why what a command asked for cannot be undone: the service has ended or was changed again since. Null where it can.</summary>
    Task<string?> WhyNotWithdrawAsync(string id, long sequence, CancellationToken cancellationToken);

    /// <summary>Asks the worker to call a change back, and to put back what was good before it.</summary>
    /// <param name="id">The service.</param>
    /// <param name="sequence">Sequence of the change, the last of the service.</param>
    /// <param name="cause">The item that asked for the change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Sequence of the command, which the report that it is done carries.</returns>
    Task<long> WithdrawAsync(string id, long sequence, Cause cause, CancellationToken cancellationToken);

    /// <summary>Asks the worker to end the service. One of which the worker knows nothing ends at once.</summary>
    /// <returns>Whether the worker was asked; otherwise the service has ended already.</returns>
    Task<bool> TerminateAsync(string id, Cause cause, CancellationToken cancellationToken);

    /// <summary>Forgets the date on which a client wanted the service itself to end: that of its order counts again.</summary>
    Task ForgetEndAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a note of ours to the service.</summary>
    Task NoteAsync(string id, string text, CancellationToken cancellationToken);
}
