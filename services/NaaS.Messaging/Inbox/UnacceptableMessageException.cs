namespace NaaS.Messaging.Inbox;

/// <summary>A message that no try can make right: it becomes a dead letter at once, with this reason.</summary>
/// <param name="reason">What is wrong with it, without its values.</param>
internal sealed class UnacceptableMessageException(string reason) : Exception(reason);
