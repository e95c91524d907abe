namespace NaaS.Contracts;

/// <summary>
/// Command to the worker: call a change back, since its order is cancelled. What was good before it is put back on every cluster, whether the change is
/// still rolling out, was good already or was never looked at; where nothing was before it, everything is removed. It has a sequence of its own, so one
/// that overtakes its change supersedes it, and a repeated one changes nothing.
/// </summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Sequence">As in <see cref="ChangeService"/>.</param>
/// <param name="Withdrawn">Sequence of the <see cref="ChangeService"/> that is called back.</param>
/// <param name="Cause">The item that asked for the change and is cancelled.</param>
public sealed record WithdrawChange(Guid ServiceId, long Sequence, long Withdrawn, Cause Cause);
