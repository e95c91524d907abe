namespace NaaS.Tmf.Characteristics;

/// <summary>What the catalogue says to the wanted characteristics.</summary>
/// <param name="Accepted">All characteristics of the service, defaults filled in, in the specification's order.</param>
/// <param name="Violations">All broken rules; nothing may be changed where there is one.</param>
/// <param name="Ignored">What was left out instead of refused, where the caller allows that.</param>
public sealed record RuleOutcome(
    IReadOnlyList<AcceptedCharacteristic> Accepted, IReadOnlyList<Violation> Violations, IReadOnlyList<Violation> Ignored)
{
    /// <summary>Whether no rule is broken.</summary>
    public bool IsAccepted => Violations.Count == 0;
}
