using System.Globalization;
using System.Numerics;
using System.Text.Json;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Translate;

/// <summary>Reads the characteristics <c>values.PATH</c>.</summary>
internal static class Knobs
{
    /// <summary>The knobs that are given, in the order of their paths; a value that is not of its type, or a path that is none, is refused.</summary>
    public static IReadOnlyList<Knob> Of(IReadOnlyList<ServiceCharacteristic> characteristics, string prefix) =>
    [
        .. characteristics
            .Where(characteristic => characteristic.Name.StartsWith(prefix, StringComparison.Ordinal) && characteristic.Value.Length > 0)
            .Select(characteristic => Checked(characteristic, prefix))
            .GroupBy(knob => knob.Path, StringComparer.Ordinal)
            .Select(same => same.Distinct().Count() == 1
                ? same.First()
                : throw new IntentException(prefix + same.Key, "is given twice with different values"))
            .OrderBy(knob => knob.Path, StringComparer.Ordinal),
    ];

    private static Knob Checked(ServiceCharacteristic characteristic, string prefix)
    {
        var path = characteristic.Name[prefix.Length..];
        if (ValuePath.Parse(path) is null)
        {
            throw new IntentException(characteristic.Name, $"\"{path}\" is not a Helm value path");
        }

        var value = characteristic.Value;
        var typed = Kind(characteristic.ValueType) switch
        {
            KnobKind.Whole => Whole(value) ?? throw Wrong(characteristic, "a whole number"),
            KnobKind.Real => Real(value) ?? throw Wrong(characteristic, "a number"),
            KnobKind.Flag => Flag(value) ?? throw Wrong(characteristic, "true or false"),
            KnobKind.Json => Json(value) ?? throw Wrong(characteristic, "JSON"),
            _ => value,
        };
        return new(path, characteristic.ValueType, typed, characteristic.IsDefault);
    }

    /// <summary>What kind of Helm value a specification's value type stands for.</summary>
    public static KnobKind Kind(string valueType) => valueType.ToUpperInvariant() switch
    {
        "INTEGER" or "SMALLINT" or "LONGINT" or "INT" or "LONG" => KnobKind.Whole,
        "FLOAT" or "DOUBLE" or "NUMBER" or "NUMERIC" or "DECIMAL" => KnobKind.Real,
        "BOOLEAN" or "BOOL" => KnobKind.Flag,
        "ARRAY" or "OBJECT" or "SET" => KnobKind.Json,
        "" => KnobKind.Unknown,
        _ => KnobKind.Text,
    };

    private static IntentException Wrong(ServiceCharacteristic characteristic, string wanted) =>
        new(characteristic.Name, $"\"{Short(characteristic.Value)}\" is not {wanted}");

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "...";

    private static string? Whole(string value) =>
        BigInteger.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        && whole >= long.MinValue && whole <= long.MaxValue
            ? whole.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? Real(string value) =>
        double.TryParse(value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonSerializer.Serialize(real)
            : null;

    private static string? Flag(string value) => value.Trim().ToLowerInvariant() is "true" or "false" ? value.Trim().ToLowerInvariant() : null;

    private static string? Json(string value)
    {
        try
        {
            using var parsed = JsonDocument.Parse(value);
            return parsed.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Kinds of Helm values that knobs set.</summary>
internal enum KnobKind
{
    /// <summary>The specification gives no type: read as <c>--set</c> does.</summary>
    Unknown,

    /// <summary>Text, even where it looks like a number.</summary>
    Text,

    /// <summary>A whole number, int64.</summary>
    Whole,

    /// <summary>A number, float64.</summary>
    Real,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>Any JSON.</summary>
    Json,
}
