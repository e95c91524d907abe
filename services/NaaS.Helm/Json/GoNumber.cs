using System.Globalization;

namespace NaaS.Helm.Json;

/// <summary>Numbers as Go's strconv writes and reads them.</summary>
public static class GoNumber
{
    /// <summary><c>strconv.FormatFloat(value, 'g', -1, 64)</c>, also what <c>%v</c> prints: exponents below 1e-4 and from 1e+06 on.</summary>
    public static string General(double value) => Format(value, Shortest(value));

    /// <summary><c>strconv.FormatFloat(value, 'g', -1, 32)</c>: shortest digits that give the same float32.</summary>
    public static string General32(double value) => Format(value, Shortest((float)value));

    /// <summary>A number as encoding/json writes it; NaN and infinities are the caller's to refuse.</summary>
    public static string Json(double value)
    {
        var (negative, digits, point) = Shortest(value);
        var magnitude = Math.Abs(value);
        if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21))
        {
            // encoding/json cleans e-09 to e-9.
            var text = Exponent(negative, digits, point);
            return text.Length >= 4 && text[^4] == 'e' && text[^3] == '-' && text[^2] == '0' ? text[..^2] + text[^1] : text;
        }

        return Fixed(negative, digits, point);
    }

    private static string Format(double value, (bool Negative, string Digits, int Point) shortest)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        var (negative, digits, point) = shortest;
        var exponent = point - 1;
        return exponent is < -4 or >= 6 ? Exponent(negative, digits, point) : Fixed(negative, digits, point);
    }

    private static (bool Negative, string Digits, int Point) Shortest(double value) =>
        Split(value.ToString("R", CultureInfo.InvariantCulture));

    private static (bool Negative, string Digits, int Point) Shortest(float value) =>
        Split(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Significant digits and the position of the decimal point relative to their start.</summary>
    private static (bool Negative, string Digits, int Point) Split(string text)
    {
        var negative = text[0] == '-';
        var mantissa = text.AsSpan(negative ? 1 : 0);
        var exponent = 0;
        var e = mantissa.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        var digits = dot < 0 ? mantissa.ToString() : string.Concat(whole, mantissa[(dot + 1)..]);
        var point = whole.Length + exponent;
        var trimmed = digits.TrimStart('0');
        point -= digits.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        return trimmed.Length == 0 ? (negative, "0", 1) : (negative, trimmed, point);
    }

    private static string Fixed(bool negative, string digits, int point)
    {
        var sign = negative ? "-" : "";
        if (point <= 0)
        {
            return sign + "0." + new string('0', -point) + digits;
        }

        return point >= digits.Length
            ? sign + digits + new string('0', point - digits.Length)
            : sign + digits[..point] + "." + digits[point..];
    }

    private static string Exponent(bool negative, string digits, int point)
    {
        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(negative ? "-" : "")}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
