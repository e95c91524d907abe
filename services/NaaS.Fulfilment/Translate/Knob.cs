namespace NaaS.Fulfilment.Translate;

/// <summary>A characteristic <c>values.PATH</c>: overrides one Helm value.</summary>
/// <param name="Path">Helm value path as in <c>--set</c>.</param>
/// <param name="ValueType">The specification's value type (INTEGER, FLOAT, BOOLEAN, TEXT, ENUM ...); the type of the Helm value follows it, not the text.</param>
/// <param name="Value">The value's text.</param>
/// <param name="IsDefault">Whether it equals the specification's default: then it applies only where the values document is silent.</param>
public sealed record Knob(string Path, string ValueType, string Value, bool IsDefault);
