namespace NaaS.Fulfilment.Bundle;

/// <summary>One component calls another through a Service that its environment, arguments or configuration names.</summary>
/// <param name="From">Id of the calling component.</param>
/// <param name="Service">The Service.</param>
/// <param name="To">Id of the component whose pods the Service selects.</param>
public sealed record ComponentLink(Guid From, ObjectKey Service, Guid To);
