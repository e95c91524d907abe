using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>A characteristic as a client asks for it.</summary>
/// <param name="Name">Name as in the specification.</param>
/// <param name="Value">The value as sent; null asks for the default.</param>
public sealed record WantedCharacteristic(string Name, JsonNode? Value)
{
    /// <summary>Reads a <c>serviceCharacteristic</c> array; entries without a name are left out, the last of a name wins.</summary>
    public static IReadOnlyList<WantedCharacteristic> ReadAll(JsonNode? characteristics)
    {
        var byName = new OrderedDictionary<string, WantedCharacteristic>(StringComparer.Ordinal);
        foreach (var entry in (characteristics as JsonArray ?? []).OfType<JsonObject>())
        {
            if (ValueText.Of(entry["name"]) is { Length: > 0 } name)
            {
                byName[name] = new(name, ValueText.Unwrap(entry["value"]));
            }
        }

        return [.. byName.Values];
    }
}
