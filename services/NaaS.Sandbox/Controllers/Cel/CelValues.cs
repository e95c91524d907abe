using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers.Cel;

/// <summary>What CEL's operators do with values: null, bool, long, double, string, JsonObject, lists.</summary>
internal static class CelValues
{
    public static object? Of(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map,
        JsonArray list => list.Select(Of).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number(value),
            _ => null,
        },
        _ => throw new CelException($"no such overload for {node.GetType().Name}"),
    };

    public static bool HasField(object? target, string name) =>
        target is JsonObject map ? map.ContainsKey(name) : throw new CelException("no such overload");

    public static object? Field(object? target, string name) =>
        target is JsonObject map
            ? map.TryGetPropertyValue(name, out var value) ? Of(value) : throw new CelException($"no such key: {name}")
            : throw new CelException(target is null ? $"no such key: {name}" : "no such overload");

    public static object? Index(object? target, object? index) => (target, index) switch
    {
        (JsonObject, string key) => Field(target, key),
        (IList list, long at) when at >= 0 && at < list.Count => list[(int)at],
        (IList, long at) => throw new CelException($"index out of bounds: {at}"),
        _ => throw new CelException("no such overload"),
    };

    public static new bool Equals(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (long x, double y) => x == y,
        (double x, long y) => x == y,
        (JsonObject x, JsonObject y) => JsonNode.DeepEquals(x, y),
        (IList x, IList y) => x.Count == y.Count && x.Cast<object?>().Zip(y.Cast<object?>()).All(pair => Equals(pair.First, pair.Second)),
        (not null, not null) => a.Equals(b),
        _ => false,
    };

    public static int Compare(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => string.CompareOrdinal(x, y),
        (long x, long y) => x.CompareTo(y),
        (long or double, long or double) => ToDouble(a).CompareTo(ToDouble(b)),
        (bool x, bool y) => x.CompareTo(y),
        _ => throw new CelException("no such overload"),
    };

    public static object Calculate(string sign, object? a, object? b) => (sign, a, b) switch
    {
        ("+", string x, string y) => x + y,
        ("+", IList x, IList y) => x.Cast<object?>().Concat(y.Cast<object?>()).ToList(),
        ("/" or "%", long, 0L) => throw new CelException(sign == "/" ? "division by zero" : "modulus by zero"),
        ("+", long x, long y) => x + y,
        ("-", long x, long y) => x - y,
        ("*", long x, long y) => x * y,
        ("/", long x, long y) => x / y,
        ("%", long x, long y) => x % y,
        ("+", double x, double y) => x + y,
        ("-", double x, double y) => x - y,
        ("*", double x, double y) => x * y,
        ("/", double x, double y) => x / y,
        _ => throw new CelException("no such overload"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        JsonObject map when item is string key => map.ContainsKey(key),
        IList list => list.Cast<object?>().Any(member => Equals(member, item)),
        _ => throw new CelException("no such overload"),
    };

    public static bool Truth(object? value) => value is bool truth ? truth : throw new CelException("no such overload");

    public static IEnumerable<object?> Range(object? value) => value switch
    {
        IList list => list.Cast<object?>(),
        JsonObject map => map.Select(pair => (object?)pair.Key),
        _ => throw new CelException("no such overload"),
    };

    public static long Size(object? value) => value switch
    {
        string text => text.Length,
        JsonObject map => map.Count,
        ICollection list => list.Count,
        _ => throw new CelException("no such overload"),
    };

    public static object Convert(string type, object? value) => (type, value) switch
    {
        ("int", long whole) => whole,
        ("int", double real) => (long)real,
        ("int", string text) when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        ("double", long or double) => ToDouble(value),
        ("double", string text) when double.TryParse(text, CultureInfo.InvariantCulture, out var real) => real,
        ("string", string text) => text,
        ("string", long whole) => whole.ToString(CultureInfo.InvariantCulture),
        ("string", double real) => real.ToString(CultureInfo.InvariantCulture),
        ("string", bool truth) => truth ? "true" : "false",
        _ => throw new CelException($"type conversion error from '{GoType(value)}' to '{type}'"),
    };

    public static string GoType(object? value) => value switch
    {
        null => "nil",
        bool => "bool",
        long => "int64",
        double => "float64",
        string => "string",
        JsonObject => "map[string]interface {}",
        _ => "[]interface {}",
    };

    private static object Number(JsonValue value) =>
        value.TryGetValue<long>(out var whole) ? (object)whole
        : value.TryGetValue<int>(out var small) ? (long)small
        : value.GetValue<double>();

    private static double ToDouble(object? value) => value is long whole ? whole : (double)value!;
}
