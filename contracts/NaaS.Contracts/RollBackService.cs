namespace NaaS.Contracts;

/// <summary>Command to the worker: deliver an earlier revision once more, to the byte. It becomes a revision of its own.</summary>
/// <param name="ServiceId">The service.</param>
/// <param name="Sequence">As in <see cref="ChangeService"/>.</param>
/// <param name="Revision">Number of the revision to go back to; one that was good.</param>
/// <param name="Cause">The operator's action.</param>
public sealed record RollBackService(Guid ServiceId, long Sequence, int Revision, Cause Cause);
