using System.Globalization;
using System.Numerics;

namespace NaaS.Helm.Yaml;

/// <summary>
/// What type a plain scalar has: go-yaml v2's YAML 1.1 table (y, yes, on, 0o7, 1_000, 0b1 ...), or that of go-yaml v3.
/// A whole number is long, ulong or BigInteger; a decimal one double; a timestamp stays a string but is told apart.
/// </summary>
internal static class YamlScalars
{
    private const string Prefix = "tag:yaml.org,2002:";

    private static readonly object True = true;
    private static readonly object False = false;

    // As many digits of any base fit a long.
    private const int MostShortDigits = 15;
    public const string Str = Prefix + "str";
    public const string Bool = Prefix + "bool";
    public const string Int = Prefix + "int";
    public const string Float = Prefix + "float";
    public const string Null = Prefix + "null";
    public const string Timestamp = Prefix + "timestamp";
    public const string Binary = Prefix + "binary";
    public const string Merge = Prefix + "merge";

    /// <summary>Resolves a scalar with this tag, empty for none; a tag that its text cannot satisfy is an error.</summary>
    public static (string Tag, object? Value) Resolve(string tag, string text)
    {
        if (tag is not ("" or Str or Bool or Int or Float or Null or Timestamp))
        {
            return (tag, text);
        }

        var (found, value) = tag == Str ? (Str, text) : Guess(tag, text);
        if (tag.Length == 0 || tag == found || tag == Str)
        {
            return (found, value);
        }

        if (tag == Float && found == Int && value is long whole)
        {
            return (Float, (double)whole);
        }

        throw new YamlException($"yaml: cannot decode {Short(found)} `{Go.GoString.ToText(text)}` as a {Short(tag)}");
    }

    /// <summary>Whether go-yaml v2 would read this text, unquoted, as anything but a string.</summary>
    public static bool IsTyped(string text) => Guess("", text).Tag != Str;

    /// <summary>Whether go-yaml v3 would read this text, unquoted, as anything but a string, or an old reader as a boolean.</summary>
    public static bool IsTypedV3(string text) =>
        text is "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF"
        || IsTyped(text);

    /// <summary>Base 60 (<c>12:30:45</c>) is no number for go-yaml but is quoted for other readers' sake.</summary>
    public static bool IsBase60(string s)
    {
        if (s.Length == 0 || !(s[0] is '+' or '-' || char.IsAsciiDigit(s[0])) || !s.Contains(':'))
        {
            return false;
        }

        var i = s[0] is '+' or '-' ? 1 : 0;
        if (i >= s.Length || !char.IsAsciiDigit(s[i]))
        {
            return false;
        }

        while (i < s.Length && (char.IsAsciiDigit(s[i]) || s[i] == '_'))
        {
            i++;
        }

        var groups = 0;
        while (i + 1 < s.Length && s[i] == ':' && char.IsAsciiDigit(s[i + 1]))
        {
            // [0-5]?[0-9]
            i += s[i + 1] <= '5' && i + 2 < s.Length && char.IsAsciiDigit(s[i + 2]) ? 3 : 2;
            groups++;
        }

        if (i < s.Length && s[i] == '.')
        {
            i++;
            while (i < s.Length && (char.IsAsciiDigit(s[i]) || s[i] == '_'))
            {
                i++;
            }
        }

        return groups > 0 && i == s.Length;
    }

    private static string Short(string tag) => tag.StartsWith(Prefix, StringComparison.Ordinal) ? "!!" + tag[Prefix.Length..] : tag;

    private static (string Tag, object? Value) Guess(string tag, string text)
    {
        if (text.Length == 0)
        {
            return (Null, null);
        }

        var c = text[0];
        var number = char.IsAsciiDigit(c) || c is '+' or '-';
        if (!number && c is not ('.' or '~' or 'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O'))
        {
            return (Str, text);
        }

        switch (text)
        {
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return (Bool, True);
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return (Bool, False);
            case "~" or "null" or "Null" or "NULL":
                return (Null, null);
            case ".nan" or ".NaN" or ".NAN":
                return (Float, double.NaN);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return (Float, double.PositiveInfinity);
            case "-.inf" or "-.Inf" or "-.INF":
                return (Float, double.NegativeInfinity);
        }

        if (c == '.')
        {
            return IsGoFloat(text) && TryFloat(text.Replace("_", "", StringComparison.Ordinal), out var fraction)
                ? (Float, fraction)
                : (Str, text);
        }

        return number ? GuessNumber(tag, text) : (Str, text);
    }

    private static (string Tag, object? Value) GuessNumber(string tag, string text)
    {
        if (tag is "" or Timestamp && YamlTimestamp.IsMatch(text))
        {
            return (Timestamp, text);
        }

        if (text.Length <= MostShortDigits && text[0] is >= '1' and <= '9' && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return (Int, long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        var plain = text.Contains('_') ? text.Replace("_", "", StringComparison.Ordinal) : text;
        var parsed = ParseInteger(plain);
        if (parsed is { } whole && whole >= long.MinValue && whole <= ulong.MaxValue
            && (plain[0] is not ('+' or '-') || whole <= long.MaxValue))
        {
            return whole <= long.MaxValue ? (Int, (long)whole) : (Int, (ulong)whole);
        }

        if (IsYamlFloat(plain) && TryFloat(plain, out var value))
        {
            return (Float, value);
        }

        return parsed is { } big ? (Int, big) : (Str, text);
    }

    /// <summary>strconv.ParseInt with base 0 and no underscores: 0x, 0o, 0b and a leading 0 choose the base.</summary>
    private static BigInteger? ParseInteger(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.AsSpan(text.Length > 0 && text[0] is '+' or '-' ? 1 : 0);
        var radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            radix = digits[1] switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 };
            digits = digits[(radix == 0 ? 1 : 2)..];
            radix = radix == 0 ? 8 : radix;
        }

        if (digits.Length is 0 or > 4096)
        {
            return null;
        }

        var value = BigInteger.Zero;
        long small = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | ' ') - 'a' + 10 : 99;
            if (digit >= radix)
            {
                return null;
            }

            if (digits.Length <= MostShortDigits)
            {
                small = (small * radix) + digit;
            }
            else
            {
                value = (value * radix) + digit;
            }
        }

        value = digits.Length <= MostShortDigits ? small : value;
        return negative ? -value : value;
    }

    /// <summary><c>^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$</c></summary>
    private static bool IsYamlFloat(string s)
    {
        var i = s[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(s, ref i);
        if (i < s.Length && s[i] == '.')
        {
            i++;
            var fraction = Digits(s, ref i);
            if (whole + fraction == 0)
            {
                return false;
            }
        }
        else if (whole == 0)
        {
            return false;
        }

        if (i < s.Length && s[i] is 'e' or 'E')
        {
            i++;
            i += i < s.Length && s[i] is '+' or '-' ? 1 : 0;
            if (Digits(s, ref i) == 0)
            {
                return false;
            }
        }

        return i == s.Length;
    }

    /// <summary>strconv.ParseFloat of a text that begins with a dot; underscores are only allowed with a base prefix, so never here.</summary>
    private static bool IsGoFloat(string s) => !s.Contains('_') && IsYamlFloat(s);

    private static int Digits(string s, ref int i)
    {
        var from = i;
        while (i < s.Length && char.IsAsciiDigit(s[i]))
        {
            i++;
        }

        return i - from;
    }

    /// <summary>A float that is out of range is no float, as for strconv.</summary>
    private static bool TryFloat(string s, out double value) =>
        double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
