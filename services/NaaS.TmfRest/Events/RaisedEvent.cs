namespace NaaS.TmfRest.Events;

/// <summary>An event that a feature raises beside those that changes cause.</summary>
/// <param name="Resource">Name of the resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="EventType">Such as <c>ServiceOrderMilestoneEvent</c>.</param>
/// <param name="Description">What happened.</param>
/// <param name="FieldPath">Which attribute it is about, where the type has one.</param>
internal sealed record RaisedEvent(string Resource, string Id, string EventType, string? Description, string? FieldPath);
