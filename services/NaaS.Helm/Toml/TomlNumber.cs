using System.Globalization;
using System.Text.RegularExpressions;
using NaaS.Helm.Go;

namespace NaaS.Helm.Toml;

/// <summary>Numbers and times of TOML.</summary>
/// <param name="text">The document.</param>
/// <param name="start">Where the number begins.</param>
/// <param name="fail">Makes an error at the present place.</param>
internal sealed partial class TomlNumber(string text, int start, Func<string, TomlException> fail)
{
    /// <summary>Reads the number and moves the position behind it.</summary>
    public object Read(ref int pos)
    {
        var signed = text[start] is '+' or '-';
        var body = start + (signed ? 1 : 0);
        if (signed && Word(body, ref pos) is { } special)
        {
            return special;
        }

        if (!char.IsAsciiDigit(At(body)))
        {
            throw fail(At(body) == '.' ? "floats must start with a digit, not '.'" : $"expected a digit but got {(body < text.Length ? $"'{At(body)}'" : "'\\x00'")}");
        }

        if (At(body) == '0' && At(body + 1) is 'x' or 'o' or 'b')
        {
            return Prefixed(signed, body, ref pos);
        }

        var end = body;
        while (char.IsAsciiDigit(At(end)))
        {
            end++;
        }

        return !signed && At(end) is '-' or ':' ? Time(ref pos) : Decimal(ref pos);
    }

    private char At(int i) => i < text.Length ? text[i] : '\0';

    private double? Word(int body, ref int pos)
    {
        foreach (var (word, value) in new[] { ("inf", text[start] == '-' ? double.NegativeInfinity : double.PositiveInfinity), ("nan", double.NaN) })
        {
            if (string.CompareOrdinal(text, body, word, 0, 3) == 0)
            {
                pos = body + 3;
                return value;
            }
        }

        return null;
    }

    private long Prefixed(bool signed, int body, ref int pos)
    {
        var kind = At(body + 1);
        if (signed)
        {
            throw fail($"cannot use sign with non-decimal numbers: '{text[start]}0{kind}'");
        }

        var radix = kind switch { 'x' => 16, 'o' => 8, _ => 2 };
        var end = body + 2;
        while (At(end) == '_' || (char.IsAsciiHexDigit(At(end)) && Convert.ToInt32(At(end).ToString(), 16) < radix))
        {
            end++;
        }

        if (end == body + 2)
        {
            var name = kind switch { 'x' => "a hexadecimal", 'o' => "an octal", _ => "a binary" };
            throw fail($"not {name} number: '0{kind}{At(end)}'");
        }

        pos = end;
        var literal = text[body..end];
        RequireUnderscores(literal, "integer");
        try
        {
            return Convert.ToInt64(literal[2..].Replace("_", "", StringComparison.Ordinal), radix) is >= 0 and var value ? value : throw OutOfRange(literal, "int64");
        }
        catch (OverflowException)
        {
            throw OutOfRange(literal, "int64");
        }
    }

    private object Decimal(ref int pos)
    {
        var end = start + (text[start] is '+' or '-' ? 1 : 0);
        var isFloat = false;
        while (char.IsAsciiDigit(At(end)) || At(end) is '_' or '.' or 'e' or 'E' || (isFloat && At(end) is '+' or '-'))
        {
            isFloat |= At(end) is '.' or 'e' or 'E';
            end++;
        }

        pos = end;
        var literal = text[start..end];
        var kind = isFloat ? "float" : "integer";
        RequireUnderscores(literal, kind);
        var digits = literal.TrimStart('+', '-');
        if (digits.Length > 1 && digits[0] == '0' && (char.IsAsciiDigit(digits[1]) || digits[1] == '_'))
        {
            throw fail($"Invalid {kind} \"{literal}\": cannot have leading zeroes");
        }

        if (isFloat && Dots().IsMatch(literal))
        {
            throw fail($"Invalid float \"{literal}\": '.' must be followed by one or more digits");
        }

        var plain = literal.Replace("_", "", StringComparison.Ordinal);
        if (!isFloat)
        {
            return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw OutOfRange(literal, "int64");
        }

        if (!Float().IsMatch(plain))
        {
            throw fail($"Invalid float value: \"{literal}\"");
        }

        var value = double.Parse(plain, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw OutOfRange(literal, "float64");
    }

    private GoTime Time(ref int pos)
    {
        var end = start;
        while (char.IsAsciiDigit(At(end)) || At(end) is '-' or ':' or 'T' or 't' or ' ' or '.' or 'Z' or 'z' or '+')
        {
            end++;
        }

        pos = end;
        var literal = text[start..end].Trim();
        var match = DateTime().Match(literal);
        if (!match.Success || !(match.Groups["date"].Success || match.Groups["time"].Success))
        {
            throw fail($"invalid datetime: \"{literal}\"");
        }

        var (year, month, day) = (Number(match, "y", 0), Number(match, "m", 1), Number(match, "d", 1));
        var (hour, minute, second) = (Number(match, "h", 0), Number(match, "i", 0), Number(match, "s", 0));
        if (month is < 1 or > 12 || day < 1 || day > System.DateTime.DaysInMonth(year == 0 ? 4 : year, month) || hour > 23 || minute > 59 || second > 59)
        {
            throw fail($"invalid datetime: \"{literal}\"");
        }

        var offset = (Number(match, "zh", 0) * 3600) + (Number(match, "zm", 0) * 60);
        offset = match.Groups["sign"].Value == "-" ? -offset : offset;
        var nanoseconds = int.Parse(match.Groups["f"].Value.PadRight(9, '0')[..9], CultureInfo.InvariantCulture);

        // Day numbers before year 1 are beyond DateTime: a time alone stands in year 0.
        var days = year == 0 ? (new System.DateTime(4, month, day) - System.DateTime.UnixEpoch).Days - 1461 : (new System.DateTime(year, month, day) - System.DateTime.UnixEpoch).Days;
        var seconds = (days * 86400L) + (hour * 3600) + (minute * 60) + second - offset;
        return new GoTime(seconds, nanoseconds, offset == 0 ? GoZone.Utc : GoZone.Fixed("", offset));
    }

    private static int Number(Match match, string group, int absent) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : absent;

    private void RequireUnderscores(string literal, string kind)
    {
        if (literal.Contains('_') && !Underscores().IsMatch(literal))
        {
            throw fail($"Invalid {kind} \"{literal}\": underscores must be surrounded by digits");
        }
    }

    private TomlException OutOfRange(string literal, string type) => fail($"{literal} is out of range for {type}");

    [GeneratedRegex(@"\A[+-]?[0-9A-Fa-f.xobe+-]+(_[0-9A-Fa-f][0-9A-Fa-f.e+-]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Underscores();

    [GeneratedRegex(@"\.(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Dots();

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(
        @"\A(?<date>(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2}))?(?:(?(date)[Tt ])(?<time>(?<h>[0-9]{2}):(?<i>[0-9]{2})(?::(?<s>[0-9]{2})(?:\.(?<f>[0-9]+))?)?)(?(date)(?:[Zz]|(?<sign>[+-])(?<zh>[0-9]{2}):(?<zm>[0-9]{2}))?))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex DateTime();
}
