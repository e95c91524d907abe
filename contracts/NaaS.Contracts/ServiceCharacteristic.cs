namespace NaaS.Contracts;

/// <summary>One characteristic of a service.</summary>
/// <param name="Name">Name as in the specification.</param>
/// <param name="ValueType">The specification's value type (TEXT, INTEGER, ENUM ...), empty where unknown.</param>
/// <param name="Value">The value as text; objects and arrays as JSON.</param>
/// <param name="IsDefault">Whether the value equals the specification's default.</param>
public sealed record ServiceCharacteristic(string Name, string ValueType, string Value, bool IsDefault);
