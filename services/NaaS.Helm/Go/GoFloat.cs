using System.Globalization;
using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Go's strconv.FormatFloat for float64.</summary>
internal static class GoFloat
{
    /// <summary>What <c>%v</c> prints: the shortest digits, with an exponent below 1e-04 and from 1e+06 on.</summary>
    public static string Format(double value) => Format(value, 'g', -1);

    /// <summary>Formats as Go's <c>FormatFloat(value, format, precision, 64)</c>; format is one of e E f F g G.</summary>
    public static string Format(double value, char format, int precision)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }
        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (format is 'b' or 'x' or 'X')
        {
            return GoFloatHex.Format(value, format, precision);
        }
        if (value == Math.Floor(value) && Math.Abs(value) < 1_000_000 && precision < 0 && format is 'g' or 'G' or 'f' && (value != 0 || !double.IsNegative(value)))
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        }
        bool shortest = precision < 0;
        var (digits, point) = shortest ? Shortest(Math.Abs(value)) : Rounded(Math.Abs(value), format, precision);
        string sign = double.IsNegative(value) ? "-" : "";
        switch (format)
        {
            case 'e' or 'E':
                return sign + Exponent(digits, point, shortest ? digits.Length - 1 : precision, format);
            case 'f' or 'F':
                return sign + Fixed(digits, point, shortest ? Math.Max(digits.Length - point, 0) : precision);
            default:
                int limit = shortest ? 6 : precision == 0 ? 1 : precision;
                if (!shortest && limit > digits.Length && digits.Length >= point)
                {
                    limit = digits.Length;
                }
                int exponent = point - 1;
                if (exponent < -4 || exponent >= limit)
                {
                    return sign + Exponent(digits, point, digits.Length - 1, format == 'g' ? 'e' : 'E');
                }
                return sign + Fixed(digits, point, Math.Max(digits.Length - point, 0));
        }
    }

    /// <summary>Shortest decimal digits that read back as the same number, and where the point stands: 0.d1d2... times 10^point.</summary>
    public static (string Digits, int Point) Shortest(double value)
    {
        if (value == 0)
        {
            return ("0", 1);
        }
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return Split(shortest, text);
    }

    private static (string, int) Split(string shortest, string scientific)
    {
        int exponent = int.Parse(scientific[(scientific.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = e < 0 ? shortest : shortest[..e];
        if (e >= 0)
        {
            exponent = int.Parse(shortest[(e + 1)..], CultureInfo.InvariantCulture);
        }
        else
        {
            // E16 may round up to the next power of ten; the shortest form is the truth.
            int point = mantissa.IndexOf('.', StringComparison.Ordinal);
            string whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
            exponent = whole.Length > 0 ? whole.Length - 1 : -(mantissa[(point + 1)..].Length - mantissa[(point + 1)..].TrimStart('0').Length) - 1;
        }
        string digits = mantissa.Replace(".", "").TrimStart('0').TrimEnd('0');
        return (digits, exponent + 1);
    }

    private static (string Digits, int Point) Rounded(double value, char format, int precision)
    {
        if (format is 'f' or 'F')
        {
            string text = value.ToString("F" + precision, CultureInfo.InvariantCulture);
            int dot = text.IndexOf('.', StringComparison.Ordinal);
            int point = dot < 0 ? text.Length : dot;
            return (text.Replace(".", ""), point);
        }
        int digitsAfter = format is 'e' or 'E' ? precision : Math.Max(precision, 1) - 1;
        string scientific = value.ToString("E" + digitsAfter, CultureInfo.InvariantCulture);
        int e = scientific.IndexOf('E', StringComparison.Ordinal);
        string digits = scientific[..e].Replace(".", "");
        int exponent = value == 0 ? 0 : int.Parse(scientific[(e + 1)..], CultureInfo.InvariantCulture);
        if (format is 'g' or 'G')
        {
            digits = digits.TrimEnd('0');
            digits = digits.Length == 0 ? "0" : digits;
        }
        return (digits, exponent + 1);
    }

    private static string Exponent(string digits, int point, int after, char e)
    {
        var to = new StringBuilder().Append(digits[0]);
        if (after > 0)
        {
            to.Append('.').Append(digits.AsSpan(1, Math.Min(digits.Length - 1, after)));
            to.Append('0', Math.Max(0, after - (digits.Length - 1)));
        }
        int exponent = digits.AsSpan().Trim('0').Length == 0 ? 0 : point - 1;
        to.Append(e).Append(exponent < 0 ? '-' : '+');
        exponent = Math.Abs(exponent);
        return (exponent < 10 ? to.Append('0') : to).Append(exponent).ToString();
    }

    private static string Fixed(string digits, int point, int after)
    {
        var to = new StringBuilder();
        if (point > 0)
        {
            to.Append(digits.AsSpan(0, Math.Min(point, digits.Length))).Append('0', Math.Max(0, point - digits.Length));
        }
        else
        {
            to.Append('0');
        }
        if (after > 0)
        {
            to.Append('.');
            for (int i = 0; i < after; i++)
            {
                int at = point + i;
                to.Append(at >= 0 && at < digits.Length ? digits[at] : '0');
            }
        }
        return to.ToString();
    }
}
