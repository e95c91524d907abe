namespace NaaS.Contracts;

/// <summary>Event from the worker: the answer to <see cref="PreviewService"/>.</summary>
/// <param name="PreviewId">Id of the preview.</param>
/// <param name="ItemId">Its item.</param>
/// <param name="Plan">What would be done.</param>
/// <param name="At">When this was true.</param>
public sealed record ServicePreviewed(Guid PreviewId, string ItemId, ServicePlan Plan, DateTimeOffset At);
