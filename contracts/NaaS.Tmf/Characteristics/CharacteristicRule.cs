using System.Globalization;
using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>What a specification says of one characteristic. Reads TMF633's spelling and OpenSlice's.</summary>
internal sealed record CharacteristicRule(
    string Name,
    string ValueType,
    bool Configurable,
    bool Extensible,
    bool IsSecret,
    bool IsUnique,
    int Least,
    int? Most,
    string? Regex,
    Period ValidFor,
    IReadOnlyList<AllowedValue> Values,
    IReadOnlyList<CharacteristicRelationship> Relationships)
{
    /// <summary>Whether several values are allowed, so that a value is an array of them.</summary>
    public bool TakesSeveral => Most is null ? ValueTypes.IsCollection(ValueType) : Most > 1;

    /// <summary>The value that holds where the customer gives none: the default, or the one value of what cannot be configured.</summary>
    public JsonNode? Default
    {
        get
        {
            var defaults = Values.Where(value => value.IsDefault && value.Value is not null).ToList();
            if (defaults.Count == 0)
            {
                return !Configurable && Values is [{ Value: { } only }] ? only : null;
            }

            return TakesSeveral && defaults.Count > 1
                ? new JsonArray([.. defaults.Select(value => value.Value!.DeepClone())])
                : defaults[0].Value;
        }
    }

    /// <summary>
    /// Whether the listed values are all that there are. A lone listed value is a default or an example (OpenSlice writes its
    /// defaults so), except for an enumeration.
    /// </summary>
    public bool IsClosed => !Extensible && Values.Count(value => value.IsDiscrete) >= (ValueType.Equals("ENUM", StringComparison.OrdinalIgnoreCase) ? 1 : 2);

    public static CharacteristicRule Read(JsonObject node)
    {
        var values = node["characteristicValueSpecification"] ?? node["serviceSpecCharacteristicValue"];
        var relationships = node["charSpecRelationship"] ?? node["serviceSpecCharRelationship"];
        return new(
            ValueText.Of(node["name"]),
            ValueText.Of(node["valueType"]),
            ValueText.Of(node["configurable"]) != "false",
            ValueText.Of(node["extensible"]) == "true",
            ValueText.Of(node["isSecret"]) == "true",
            ValueText.Of(node["isUnique"]) == "true",
            Count(node["minCardinality"]) ?? 0,
            Count(node["maxCardinality"]) is > 0 and var most ? most : null,
            ValueText.Of(node["regex"]) is { Length: > 0 } regex ? regex : null,
            Period.Read(node["validFor"]),
            [.. (values as JsonArray ?? []).OfType<JsonObject>().Select(AllowedValue.Read)],
            [.. (relationships as JsonArray ?? []).OfType<JsonObject>().Select(CharacteristicRelationship.Read)]);
    }

    private static int? Count(JsonNode? node) => int.TryParse(ValueText.Of(node), CultureInfo.InvariantCulture, out var count) ? count : null;
}
