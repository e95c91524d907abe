namespace NaaS.Fulfilment.Place;

/// <summary>Whether a cluster satisfies a rule now.</summary>
/// <param name="Satisfied">Whether it does.</param>
/// <param name="Reason">Why not, in plain words, such as <c>label kubernetes-distribution=openshift missing</c>; null where it does.</param>
public sealed record RuleVerdict(bool Satisfied, string? Reason);
