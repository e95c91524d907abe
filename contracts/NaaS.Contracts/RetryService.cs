namespace NaaS.Contracts;

/// <summary>Command to the worker: try the change that failed last once more.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Sequence">As in <see cref="ChangeService"/>.</param>
/// <param name="Cause">The operator's action.</param>
public sealed record RetryService(Guid ServiceId, long Sequence, Cause Cause);
