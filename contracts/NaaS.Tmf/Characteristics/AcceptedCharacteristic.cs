using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>A characteristic whose value the catalogue admits.</summary>
/// <param name="Name">Name as in the specification.</param>
/// <param name="ValueType">The specification's value type.</param>
/// <param name="Value">The value, as the client sent it or as the specification's default has it.</param>
/// <param name="IsDefault">Whether it equals the specification's default.</param>
/// <param name="IsSecret">Whether it must never be shown.</param>
public sealed record AcceptedCharacteristic(string Name, string ValueType, JsonNode? Value, bool IsDefault, bool IsSecret)
{
    /// <summary>The value as text.</summary>
    public string Text => ValueText.Of(Value);
}
