namespace NaaS.Contracts;

/// <summary>
/// Command to the worker: make the service what these characteristics say. Every way to create or change a service ends here
/// (TMF641 add and modify, TMF638 PATCH), and each command makes one revision.
/// </summary>
/// <param name="ServiceId">Id of the customer-facing service, given by ordering.</param>
/// <param name="Sequence">Increases with each command of a service; a lower one than the last taken is superseded.</param>
/// <param name="ServiceName">Name of the service as ordered; the release's name derives from it where no characteristic names it.</param>
/// <param name="Characteristics">All wanted characteristics, the specification's defaults included.</param>
/// <param name="Cause">What asked for the change.</param>
public sealed record ChangeService(
    Guid ServiceId, long Sequence, string ServiceName, IReadOnlyList<ServiceCharacteristic> Characteristics, Cause Cause)
{
    /// <summary>Whether the service shall be inactive: kept with its data, nothing of it running.</summary>
    public bool Inactive { get; init; }
}
