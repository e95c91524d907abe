using NaaS.Ordering.Orders;
using NaaS.Tmf.Characteristics;

namespace NaaS.Ordering.Validation;

/// <summary>What catalogue and inventory say to an item.</summary>
/// <param name="Refusal">Why the order is rejected; null where nothing stands against it.</param>
/// <param name="Violations">Broken rules of a known specification: a 400 on the standard path.</param>
internal sealed record ItemVerdict(ItemError? Refusal, IReadOnlyList<Violation> Violations)
{
    /// <summary>Nothing stands against it.</summary>
    public static ItemVerdict Good { get; } = new(null, []);

    /// <summary>Characteristics of the service to be made, defaults filled in.</summary>
    public IReadOnlyList<AcceptedCharacteristic> Accepted { get; init; } = [];

    /// <summary>What was left out instead of refused.</summary>
    public IReadOnlyList<Violation> Ignored { get; init; } = [];

    /// <summary>The reason to reject: the refusal, or the broken rules where those may not be a 400.</summary>
    public ItemError? Reason =>
        Refusal ?? (Violations.Count == 0 ? null : new ItemError("invalid-characteristic", string.Join("; ", Violations)));

    /// <summary>The order is rejected.</summary>
    public static ItemVerdict Refused(string code, string reason) => new(new(code, reason), []);
}
