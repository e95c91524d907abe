using System.Globalization;
using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Go's package unicode for runes, and its case functions for byte strings.</summary>
internal static class GoUnicode
{
    public static bool IsLetter(int rune) => Category(rune) is <= UnicodeCategory.OtherLetter;

    public static bool IsDigit(int rune) => Category(rune) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsNumber(int rune) => Category(rune) is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber;

    public static bool IsUpper(int rune) => Category(rune) == UnicodeCategory.UppercaseLetter;

    public static bool IsLower(int rune) => Category(rune) == UnicodeCategory.LowercaseLetter;

    public static bool IsPunct(int rune) => Category(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    /// <summary>Letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrint(int rune)
    {
        if (rune is >= 0x20 and < 0x7F)
        {
            return true;
        }
        return Category(rune) is <= UnicodeCategory.OtherNumber or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol);
    }

    public static bool IsSpace(int rune) =>
        rune is (>= 9 and <= 13) or 0x20 or 0x85 or 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000;

    public static int ToUpper(int rune) => rune switch
    {
        < 0x80 => rune is >= 'a' and <= 'z' ? rune - 32 : rune,
        0x131 => 'I',
        0x17F => 'S',
        _ => Rune.TryCreate(rune, out var r) ? Rune.ToUpperInvariant(r).Value : rune,
    };

    public static int ToLower(int rune) => rune switch
    {
        < 0x80 => rune is >= 'A' and <= 'Z' ? rune + 32 : rune,
        0x130 => 'i',
        0x212A => 'k',
        _ => Rune.TryCreate(rune, out var r) ? Rune.ToLowerInvariant(r).Value : rune,
    };

    /// <summary>Title case: differs from upper case only for the four digraphs.</summary>
    public static int ToTitle(int rune) => rune switch
    {
        >= 0x1C4 and <= 0x1C6 => 0x1C5,
        >= 0x1C7 and <= 0x1C9 => 0x1C8,
        >= 0x1CA and <= 0x1CC => 0x1CB,
        >= 0x1F1 and <= 0x1F3 => 0x1F2,
        _ => ToUpper(rune),
    };

    public static string ToUpper(string s) => Map(s, ToUpper, static text => text.ToUpperInvariant());

    public static string ToLower(string s) => Map(s, ToLower, static text => text.ToLowerInvariant());

    private static string Map(string s, Func<int, int> rune, Func<string, string> ascii)
    {
        if (System.Text.Ascii.IsValid(s))
        {
            return ascii(s);
        }
        var to = new StringBuilder(s.Length);
        for (int i = 0; i < s.Length;)
        {
            Utf8.Append(to, rune(Utf8.Decode(s, i, out int width)));
            i += width;
        }
        return to.ToString();
    }

    /// <summary><c>strings.TrimSpace</c>.</summary>
    public static string TrimSpace(string s)
    {
        int start = 0;
        int end = s.Length;
        while (start < end && Utf8.Decode(s, start, out int width) is var first && IsSpace(first))
        {
            start += width;
        }
        while (end > start && Utf8.DecodeLast(s, end, out int width) is var last && IsSpace(last))
        {
            end -= width;
        }
        return start == 0 && end == s.Length ? s : s[start..end];
    }

    private static UnicodeCategory Category(int rune) => rune is >= 0 and <= 0x10FFFF ? CharUnicodeInfo.GetUnicodeCategory(rune) : UnicodeCategory.OtherNotAssigned;
}
