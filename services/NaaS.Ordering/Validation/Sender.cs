using NaaS.TmfRest.Security;

namespace NaaS.Ordering.Validation;

/// <summary>Who sends an order, and how they are answered.</summary>
/// <param name="Caller">Whose services the order may change.</param>
/// <param name="Lenient">Whether it comes through OpenSlice's path, where refusals are states and what cannot be set is left aside.</param>
internal sealed record Sender(Caller Caller, bool Lenient);
