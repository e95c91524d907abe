using System.Globalization;
using System.Numerics;
using NaaS.Helm.Json;

namespace NaaS.Helm.Schema;

/// <summary>A decimal number without rounding, so that 0.3 is a multiple of 0.1.</summary>
/// <param name="Digits">All digits.</param>
/// <param name="Exponent">Power of ten that they are multiplied with.</param>
internal readonly record struct ExactNumber(BigInteger Digits, int Exponent) : IComparable<ExactNumber>
{
    // No double is beyond these; a schema with 1e1000000000 shall not make us compute that.
    private const int MaxExponent = 2000;
    private const int MaxDigits = 2000;

    public bool IsInteger => Exponent >= 0 || Digits % BigInteger.Pow(10, -Exponent) == 0;

    /// <summary>The number that a value is; null where it is none.</summary>
    public static ExactNumber? Of(object? value) => value switch
    {
        double number when double.IsFinite(number) => Parse(GoNumber.General(number)),
        long or nint => Parse(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        JsonNumber number => Parse(number.Text),
        _ => null,
    };

    public int CompareTo(ExactNumber other)
    {
        var (a, b) = Align(this, other);
        return a.CompareTo(b);
    }

    public bool IsMultipleOf(ExactNumber other)
    {
        var (a, b) = Align(this, other);
        return !b.IsZero && a % b == 0;
    }

    /// <summary>The value as messages show it: <c>1,234.5</c>, from a million on <c>1.5×10⁰⁶</c>.</summary>
    public string Shown()
    {
        var text = GoNumber.General(double.Parse($"{Digits}e{Exponent}", CultureInfo.InvariantCulture));
        var e = text.IndexOf('e', StringComparison.Ordinal);
        return e < 0 ? Grouped(text) : text[..e] + "×10" + string.Concat(text[(e + 1)..].Select(Superscript));
    }

    /// <summary>A count as messages show it.</summary>
    public static string Shown(int count) => Grouped(count.ToString(CultureInfo.InvariantCulture));

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    private static string Grouped(string text)
    {
        var end = text.IndexOf('.', StringComparison.Ordinal);
        for (var i = (end < 0 ? text.Length : end) - 3; i > (text[0] == '-' ? 1 : 0); i -= 3)
        {
            text = text.Insert(i, ",");
        }

        return text;
    }

    private static string Superscript(char c) => c switch
    {
        '+' => "",
        '-' => "⁻",
        '1' => "¹",
        '2' => "²",
        '3' => "³",
        '0' => "⁰",
        _ => ((char)('⁴' + (c - '4'))).ToString(),
    };

    private static ExactNumber? Parse(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (e >= 0 && !int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            exponent -= mantissa.Length - dot - 1;
            mantissa = mantissa.Remove(dot, 1);
        }

        return mantissa.Length <= MaxDigits && Math.Abs((long)exponent) <= MaxExponent
            && BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits)
                ? new ExactNumber(digits, exponent)
                : null;
    }

    private static (BigInteger A, BigInteger B) Align(ExactNumber a, ExactNumber b)
    {
        var exponent = Math.Min(a.Exponent, b.Exponent);
        return (a.Digits * BigInteger.Pow(10, a.Exponent - exponent), b.Digits * BigInteger.Pow(10, b.Exponent - exponent));
    }
}
