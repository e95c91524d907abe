using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NaaS.Tmf.Json;

namespace NaaS.Tmf.Characteristics;

/// <summary>The value types of TMF633 (free text there) and of OpenSlice, which sends every value as text.</summary>
internal static class ValueTypes
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>What is wrong with the value, or null. An unknown type admits everything.</summary>
    public static string? Complaint(string type, JsonNode? value)
    {
        var text = ValueText.Of(value);
        return type.ToUpperInvariant() switch
        {
            "SMALLINT" => Whole(value, text, short.MinValue, short.MaxValue),
            "INTEGER" or "INT" or "LONGINT" or "LONG" => Whole(value, text, long.MinValue, long.MaxValue),
            "FLOAT" or "NUMBER" or "DECIMAL" or "DOUBLE" => IsScalar(value) && TryNumber(text, out _) ? null : "is not a number",
            "BOOLEAN" => IsScalar(value) && bool.TryParse(text, out _) ? null : "is neither true nor false",
            "TIMESTAMP" or "DATETIME" or "DATE" => IsScalar(value) && TryInstant(text, out _) ? null : "is not an ISO 8601 date",
            "TEXT" or "LONGTEXT" or "STRING" or "ENUM" => IsScalar(value) ? null : "is not a text",
            "BINARY" => IsScalar(value) && Base64.TryBytes(text, out _) ? null : "is not base64",
            "ARRAY" or "SET" => Json(value, text) is JsonArray ? null : "is not an array",
            "OBJECT" or "MAP" => Json(value, text) is JsonObject or JsonArray ? null : "is not an object",
            _ => null,
        };
    }

    /// <summary>Whether both are the same value of that type: 1 and "1", true and "TRUE", dates as instants.</summary>
    public static bool Same(string type, JsonNode? left, JsonNode? right)
    {
        string a = ValueText.Of(left), b = ValueText.Of(right);
        if (a == b)
        {
            return true;
        }

        return type.ToUpperInvariant() switch
        {
            "SMALLINT" or "INTEGER" or "INT" or "LONGINT" or "LONG" or "FLOAT" or "NUMBER" or "DECIMAL" or "DOUBLE" =>
                TryNumber(a, out var x) && TryNumber(b, out var y) && x.Equals(y),
            "BOOLEAN" => bool.TryParse(a, out var p) && bool.TryParse(b, out var q) && p == q,
            "TIMESTAMP" or "DATETIME" or "DATE" => TryInstant(a, out var s) && TryInstant(b, out var t) && s == t,
            "ARRAY" or "SET" or "OBJECT" or "MAP" => Json(left, a) is { } m && Json(right, b) is { } n && JsonNode.DeepEquals(m, n),
            _ => false,
        };
    }

    public static bool IsCollection(string type) => type.ToUpperInvariant() is "ARRAY" or "SET";

    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>The value as JSON: as it is, or parsed where OpenSlice carries it as text; null where it is no JSON.</summary>
    public static JsonNode? Json(JsonNode? value, string text)
    {
        if (value is JsonArray or JsonObject || text is not ['[' or '{', ..])
        {
            return value;
        }

        try
        {
            return JsonNode.Parse(text, documentOptions: new() { MaxDepth = 64 });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryInstant(string text, out DateTimeOffset instant) => TmfDate.TryParse(text, out instant) || TmfDate.TryParseDay(text, out instant);

    private static bool IsScalar(JsonNode? value) => value is JsonValue;

    private static string? Whole(JsonNode? value, string text, long least, long most)
    {
        if (!IsScalar(value) || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return "is not a whole number";
        }

        return number < least || number > most ? $"is not in [{least},{most}]" : null;
    }
}
