using System.Text.Json.Nodes;

namespace NaaS.Tmf.Characteristics;

/// <summary>One <c>characteristicValueSpecification</c>: a value, a range, a pattern, or several of these at once.</summary>
internal sealed record AllowedValue(
    JsonNode? Value, string ValueType, double? From, double? To, string RangeInterval, string? Regex, bool IsDefault, Period ValidFor)
{
    public bool IsRange => From is not null || To is not null;

    public bool IsDiscrete => Value is not null && !IsRange && Regex is null;

    /// <summary>The range as mathematicians write it, such as <c>[1,10]</c>.</summary>
    public string RangeText =>
        (OpenBottom ? "(" : "[") + ValueText.Of(From) + "," + ValueText.Of(To) + (OpenTop ? ")" : "]");

    // TMF633: open (a,b), closed [a,b], closedBottom [a,b), closedTop (a,b]; absent means closed.
    private bool OpenBottom => RangeInterval is "open" or "closedtop";

    private bool OpenTop => RangeInterval is "open" or "closedbottom";

    public bool InRange(double value) =>
        (From is not { } from || (OpenBottom ? value > from : value >= from)) && (To is not { } to || (OpenTop ? value < to : value <= to));

    public static AllowedValue Read(JsonObject entry) => new(
        ValueText.Unwrap(entry["value"]) is { } value && !(value is JsonValue && ValueText.Of(value).Length == 0) ? value : null,
        ValueText.Of(entry["valueType"]),
        Bound(entry["valueFrom"]),
        Bound(entry["valueTo"]),
        ValueText.Of(entry["rangeInterval"]).ToLowerInvariant(),
        ValueText.Of(entry["regex"]) is { Length: > 0 } regex ? regex : null,
        ValueText.Of(entry["isDefault"]) == "true",
        Period.Read(entry["validFor"]));

    private static double? Bound(JsonNode? bound) => ValueTypes.TryNumber(ValueText.Of(bound), out var number) ? number : null;
}
