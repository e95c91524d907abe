using NaaS.Tmf.Characteristics;

namespace NaaS.TmfRest.Ports;

/// <summary>What became of a wish to change a service.</summary>
/// <param name="Refusal">Why the service cannot be changed at all; null where it can.</param>
/// <param name="Violations">Rules of the catalogue that the values break; nothing was changed where there is one.</param>
/// <param name="Ignored">What was left out instead of refused.</param>
/// <param name="Changed">Whether the worker was asked for a change.</param>
public sealed record ChangeAnswer(string? Refusal, IReadOnlyList<Violation> Violations, IReadOnlyList<Violation> Ignored, bool Changed)
{
    /// <summary>Sequence of the command to the worker; null where it was not asked.</summary>
    public long? Sequence { get; init; }

    /// <summary>Whether nothing stands against the change.</summary>
    public bool IsAccepted => Refusal is null && Violations.Count == 0;

    /// <summary>All reasons against the change, in plain words.</summary>
    public string Reasons => Refusal ?? string.Join("; ", Violations);
}
