using System.Globalization;
using System.Numerics;

namespace NaaS.Helm.Go;

/// <summary>Go's <c>time.Duration</c>: nanoseconds in an int64.</summary>
internal static class GoDuration
{
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;

    /// <summary>Reads <c>1h2m3.5s</c>; the error text is Go's.</summary>
    public static bool TryParse(string text, out long duration, out string error)
    {
        duration = 0;
        error = $"time: invalid duration {GoQuote.Quote(text)}";
        string rest = text;
        bool negative = rest.StartsWith('-');
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }
        if (rest == "0")
        {
            error = "";
            return true;
        }
        if (rest.Length == 0)
        {
            return false;
        }
        BigInteger total = 0;
        while (rest.Length > 0)
        {
            int digits = Digits(rest, 0);
            int after = digits;
            int fraction = 0;
            if (after < rest.Length && rest[after] == '.')
            {
                fraction = Digits(rest, after + 1);
                after += 1 + fraction;
            }
            if (digits + fraction == 0)
            {
                return false;
            }
            int unitEnd = after;
            while (unitEnd < rest.Length && rest[unitEnd] != '.' && !char.IsAsciiDigit(rest[unitEnd]))
            {
                unitEnd++;
            }
            if (unitEnd == after)
            {
                error = $"time: missing unit in duration {GoQuote.Quote(text)}";
                return false;
            }
            string unitName = rest[after..unitEnd];
            if (Unit(unitName) is not { } unit)
            {
                error = $"time: unknown unit {GoQuote.Quote(unitName)} in duration {GoQuote.Quote(text)}";
                return false;
            }
            total += (digits > 0 ? BigInteger.Parse(rest.AsSpan(0, digits), CultureInfo.InvariantCulture) : 0) * unit;
            if (fraction > 0)
            {
                total += BigInteger.Parse(rest.AsSpan(digits + 1, fraction), CultureInfo.InvariantCulture) * unit / BigInteger.Pow(10, fraction);
            }
            rest = rest[unitEnd..];
        }
        if (total > (negative ? (BigInteger)long.MaxValue + 1 : long.MaxValue))
        {
            return false;
        }
        duration = (long)(negative ? -total : total);
        error = "";
        return true;
    }

    private static int Digits(string text, int from)
    {
        int at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at - from;
    }

    private static long? Unit(string name) => name switch
    {
        "ns" => 1,
        "us" or "\u00c2\u00b5s" or "\u00ce\u00bcs" => 1000,
        "ms" => 1_000_000,
        "s" => Second,
        "m" => Minute,
        "h" => Hour,
        _ => null,
    };

    /// <summary><c>Duration.String</c>.</summary>
    public static string Format(long duration)
    {
        if (duration == 0)
        {
            return "0s";
        }
        string sign = duration < 0 ? "-" : "";
        ulong magnitude = duration < 0 ? (ulong)-(duration + 1) + 1 : (ulong)duration;
        if (magnitude < Second)
        {
            var (unit, name) = magnitude < 1000 ? (1UL, "ns") : magnitude < 1_000_000 ? (1000UL, "\u00c2\u00b5s") : (1_000_000UL, "ms");
            return sign + Fraction(magnitude, unit) + name;
        }
        ulong minutes = magnitude / (ulong)Minute;
        string seconds = Fraction(magnitude % (ulong)Minute, (ulong)Second) + "s";
        if (minutes == 0)
        {
            return sign + seconds;
        }
        return minutes < 60 ? $"{sign}{minutes}m{seconds}" : $"{sign}{minutes / 60}h{minutes % 60}m{seconds}";
    }

    private static string Fraction(ulong value, ulong unit)
    {
        ulong rest = value % unit;
        string whole = (value / unit).ToString(CultureInfo.InvariantCulture);
        return rest == 0 ? whole : $"{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft((int)Math.Log10(unit), '0').TrimEnd('0')}";
    }

    /// <summary><c>Duration.Round</c>: halves away from zero, as far as a duration reaches.</summary>
    public static long Round(long duration, long unit)
    {
        if (unit <= 0)
        {
            return duration;
        }
        long rest = Math.Abs(duration % unit);
        Int128 whole = Int128.Abs(duration) - rest + (rest < unit - rest ? 0 : unit);
        return (long)Int128.Clamp(duration < 0 ? -whole : whole, long.MinValue, long.MaxValue);
    }
}
