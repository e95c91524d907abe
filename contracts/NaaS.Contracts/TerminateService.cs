namespace NaaS.Contracts;

/// <summary>Command to the worker: end the service and remove all of it from hub and clusters.</summary>
/// <param name="ServiceId">Id of the customer-facing service.</param>
/// <param name="Sequence">As in <see cref="ChangeService"/>.</param>
/// <param name="Cause">What asked for the end.</param>
public sealed record TerminateService(Guid ServiceId, long Sequence, Cause Cause);
