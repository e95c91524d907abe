namespace NaaS.Ordering.Orders;

/// <summary>Why an item was rejected, failed or cancelled.</summary>
/// <param name="Code">A word for machines, such as <c>unknown-specification</c>.</param>
/// <param name="Reason">Plain words for the customer.</param>
internal sealed record ItemError(string Code, string Reason);
