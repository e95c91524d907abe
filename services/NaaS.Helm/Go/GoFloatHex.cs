namespace NaaS.Helm.Go;

/// <summary>The binary and hexadecimal forms of Go's strconv.FormatFloat (<c>%b</c>, <c>%x</c>).</summary>
internal static class GoFloatHex
{
    private const int MantissaBits = 52;
    private const int Bias = 1023;

    public static string Format(double value, char format, int precision)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        string sign = bits < 0 ? "-" : "";
        int exponent = (int)(bits >> MantissaBits) & 0x7FF;
        ulong mantissa = (ulong)bits & ((1UL << MantissaBits) - 1);
        if (exponent == 0)
        {
            exponent = 1;
        }
        else
        {
            mantissa |= 1UL << MantissaBits;
        }
        exponent -= Bias;
        if (format == 'b')
        {
            int shifted = exponent - MantissaBits;
            return $"{sign}{mantissa}p{(shifted < 0 ? "-" : "+")}{Math.Abs(shifted)}";
        }
        return sign + Hex(mantissa, exponent, precision, format == 'X');
    }

    private static string Hex(ulong mantissa, int exponent, int precision, bool upper)
    {
        if (mantissa == 0)
        {
            exponent = 0;
        }
        mantissa <<= 60 - MantissaBits;
        while (mantissa != 0 && (mantissa & (1UL << 60)) == 0)
        {
            mantissa <<= 1;
            exponent--;
        }
        if (precision is >= 0 and < 15)
        {
            int shift = precision * 4;
            ulong extra = (mantissa << shift) & ((1UL << 60) - 1);
            mantissa >>= 60 - shift;
            if ((extra | (mantissa & 1)) > 1UL << 59)
            {
                mantissa++;
            }
            mantissa <<= 60 - shift;
            if ((mantissa & (1UL << 61)) != 0)
            {
                mantissa >>= 1;
                exponent++;
            }
        }
        string text = $"0x{(mantissa >> 60) & 1}";
        mantissa <<= 4;
        string digits = "";
        for (int i = 0; precision < 0 ? mantissa != 0 : i < precision; i++)
        {
            digits += ((mantissa >> 60) & 15).ToString("x");
            mantissa <<= 4;
        }
        text += digits.Length > 0 ? "." + digits : "";
        text += $"p{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}";
        return upper ? text.ToUpperInvariant() : text;
    }
}
