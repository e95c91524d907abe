using System.Numerics;
using NaaS.Helm.Go;

namespace NaaS.Standalone.Template;

/// <summary>Values as Helm's flags read them (Go's strconv and time), with Go's words for those that they refuse.</summary>
internal static class GoText
{
    /// <summary>strconv.ParseBool.</summary>
    public static bool TryParseBoolean(string text, out bool value)
    {
        value = text is "1" or "t" or "T" or "TRUE" or "true" or "True";
        return value || text is "0" or "f" or "F" or "FALSE" or "false" or "False";
    }

    public static string? RefuseBoolean(string text) => TryParseBoolean(text, out _) ? null : Refusal("ParseBool", text, "invalid syntax");

    public static string? RefuseInteger(string text) => GoParse.TryParseInt(text, 0, out _)
        ? null
        : Refusal("ParseInt", text, BigInteger.TryParse(text, out _) ? "value out of range" : "invalid syntax");

    // A float32, read as a float64 first.
    public static string? RefuseFloat(string text)
    {
        var parsed = GoParse.TryParseFloat(text, out var value);
        var tooLarge = parsed ? double.IsFinite(value) && float.IsInfinity((float)value) : double.TryParse(text, out _);
        return tooLarge ? Refusal("ParseFloat", text, "value out of range") : parsed ? null : Refusal("ParseFloat", text, "invalid syntax");
    }

    public static string? RefuseDuration(string text) => GoDuration.TryParse(text, out _, out var error) ? null : error;

    private static string Refusal(string function, string text, string reason) => $"strconv.{function}: parsing \"{text}\": {reason}";
}
