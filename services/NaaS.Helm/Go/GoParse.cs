using System.Globalization;
using System.Numerics;

namespace NaaS.Helm.Go;

/// <summary>Go's strconv.ParseInt, ParseUint and ParseFloat.</summary>
internal static class GoParse
{
    /// <summary>ParseInt for 64 bits; radix 0 reads prefixes and underscores.</summary>
    public static bool TryParseInt(string s, int radix, out long value)
    {
        value = 0;
        bool negative = s.Length > 0 && s[0] == '-';
        string rest = s.Length > 0 && s[0] is '-' or '+' ? s[1..] : s;
        if (!TryParseUint(rest, radix, out ulong magnitude))
        {
            return false;
        }
        if (negative ? magnitude > 1UL << 63 : magnitude >= 1UL << 63)
        {
            return false;
        }
        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return true;
    }

    /// <summary>ParseUint for 64 bits; radix 0 reads prefixes and underscores.</summary>
    public static bool TryParseUint(string s, int radix, out ulong value)
    {
        value = 0;
        bool prefixes = radix == 0;
        string digits = s;
        if (prefixes)
        {
            radix = 10;
            if (s.Length > 0 && s[0] == '0')
            {
                (radix, int skip) = s.Length >= 3 ? char.ToLowerInvariant(s[1]) switch { 'b' => (2, 2), 'o' => (8, 2), 'x' => (16, 2), _ => (8, 1) } : (8, 1);
                digits = s[skip..];
                if (s.Length == 1)
                {
                    return true;
                }
            }
        }
        if (digits.Length == 0)
        {
            return false;
        }
        bool underscores = false;
        BigInteger total = 0;
        foreach (char c in digits)
        {
            if (c == '_' && prefixes)
            {
                underscores = true;
                continue;
            }
            int digit = c switch { >= '0' and <= '9' => c - '0', >= 'a' and <= 'z' => c - 'a' + 10, >= 'A' and <= 'Z' => c - 'A' + 10, _ => 99 };
            if (digit >= radix)
            {
                return false;
            }
            total = total * radix + digit;
            if (total > ulong.MaxValue)
            {
                return false;
            }
        }
        value = (ulong)total;
        return !underscores || UnderscoresFit(s);
    }

    // Underscores may stand only between digits or between a prefix and a digit.
    private static bool UnderscoresFit(string s)
    {
        char seen = '^';
        int i = s.Length > 0 && s[0] is '-' or '+' ? 1 : 0;
        bool hex = false;
        if (s.Length - i >= 2 && s[i] == '0' && char.ToLowerInvariant(s[i + 1]) is 'b' or 'o' or 'x')
        {
            hex = char.ToLowerInvariant(s[i + 1]) == 'x';
            i += 2;
            seen = '0';
        }
        for (; i < s.Length; i++)
        {
            if (char.IsAsciiDigit(s[i]) || (hex && char.IsAsciiHexDigit(s[i])))
            {
                seen = '0';
            }
            else if (s[i] == '_')
            {
                if (seen != '0')
                {
                    return false;
                }
                seen = '_';
            }
            else
            {
                if (seen == '_')
                {
                    return false;
                }
                seen = '!';
            }
        }
        return seen != '_';
    }

    /// <summary>ParseFloat for 64 bits; out of range is an error, as in Go.</summary>
    public static bool TryParseFloat(string s, out double value)
    {
        value = 0;
        if (s.Length == 0)
        {
            return false;
        }
        string unsigned = s[0] is '-' or '+' ? s[1..] : s;
        double sign = s[0] == '-' ? -1 : 1;
        switch (unsigned.ToLowerInvariant())
        {
            case "inf" or "infinity":
                value = sign * double.PositiveInfinity;
                return true;
            case "nan" when s[0] is not ('-' or '+'):
                value = double.NaN;
                return true;
        }
        bool hex = unsigned.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (s.Contains('_') && !UnderscoresFit(s))
        {
            return false;
        }
        if (hex)
        {
            return TryParseHexFloat(unsigned[2..].Replace("_", ""), sign, out value);
        }
        if (unsigned.Length == 0 || !(char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.') || !unsigned.Any(char.IsAsciiDigit))
        {
            return false;
        }
        return double.TryParse(s.Replace("_", ""), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
            && !double.IsInfinity(value);
    }

    private static bool TryParseHexFloat(string s, double sign, out double value)
    {
        value = 0;
        int p = s.IndexOfAny(['p', 'P']);
        if (p < 0 || !int.TryParse(s[(p + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent))
        {
            return false;
        }
        string mantissa = s[..p];
        int point = mantissa.IndexOf('.');
        string digits = mantissa.Replace(".", "");
        if (digits.Length == 0 || !digits.All(char.IsAsciiHexDigit) || mantissa.Count(c => c == '.') > 1)
        {
            return false;
        }
        var whole = BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        exponent -= point < 0 ? 0 : 4 * (mantissa.Length - point - 1);
        value = sign * (double)whole * Math.Pow(2, exponent);
        return !double.IsInfinity(value);
    }
}
