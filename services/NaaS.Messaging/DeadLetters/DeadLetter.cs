using System.Text.Json.Nodes;

namespace NaaS.Messaging.DeadLetters;

/// <summary>A message that could not be handled, as an operator sees it.</summary>
/// <param name="Queue">Queue of the consumer that it was for.</param>
/// <param name="Id">Id on the wire.</param>
/// <param name="Kind"><c>error</c>: every try failed; <c>skipped</c>: nobody knows its type; <c>dead</c>: the broker gave it up.</param>
/// <param name="Type">Type of the message, where it can be read.</param>
/// <param name="Reason">Why it lies here.</param>
/// <param name="At">When it came here.</param>
/// <param name="Message">The message with its values left out; null where it is no JSON.</param>
public sealed record DeadLetter(string Queue, string Id, string Kind, string? Type, string Reason, DateTimeOffset? At, JsonNode? Message);
