using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Runes of byte strings, as Go's unicode/utf8 sees them.</summary>
internal static class Utf8
{
    /// <summary>U+FFFD, which a bad byte decodes to.</summary>
    public const int ReplacementRune = 0xFFFD;

    /// <summary>Decodes the rune at a position; a bad byte is U+FFFD of width 1.</summary>
    public static int Decode(string s, int at, out int width)
    {
        int first = s[at];
        if (first < 0x80)
        {
            width = 1;
            return first;
        }
        int length = first switch { >= 0xC2 and <= 0xDF => 2, >= 0xE0 and <= 0xEF => 3, >= 0xF0 and <= 0xF4 => 4, _ => 0 };
        width = 1;
        if (length == 0 || at + length > s.Length)
        {
            return ReplacementRune;
        }
        int second = s[at + 1];
        var (low, high) = first switch { 0xE0 => (0xA0, 0xBF), 0xED => (0x80, 0x9F), 0xF0 => (0x90, 0xBF), 0xF4 => (0x80, 0x8F), _ => (0x80, 0xBF) };
        if (second < low || second > high)
        {
            return ReplacementRune;
        }
        int rune = (first & (0xFF >> (length + 1))) << 6 | (second & 0x3F);
        for (int i = 2; i < length; i++)
        {
            int next = s[at + i];
            if ((next & 0xC0) != 0x80)
            {
                return ReplacementRune;
            }
            rune = rune << 6 | (next & 0x3F);
        }
        width = length;
        return rune;
    }

    /// <summary>Decodes the last rune before a position.</summary>
    public static int DecodeLast(string s, int end, out int width)
    {
        for (int start = Math.Max(0, end - 4); start < end; start++)
        {
            if (s[start] is < (char)0x80 or >= (char)0xC0)
            {
                int rune = Decode(s[start..end], 0, out width);
                if (start + width == end)
                {
                    return rune;
                }
            }
        }
        width = 1;
        return ReplacementRune;
    }

    /// <summary>Appends a rune's bytes; surrogates and values out of range become U+FFFD.</summary>
    public static void Append(StringBuilder to, int rune)
    {
        if (rune is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            rune = ReplacementRune;
        }
        switch (rune)
        {
            case < 0x80:
                to.Append((char)rune);
                break;
            case < 0x800:
                to.Append((char)(0xC0 | rune >> 6)).Append((char)(0x80 | rune & 0x3F));
                break;
            case < 0x10000:
                to.Append((char)(0xE0 | rune >> 12)).Append((char)(0x80 | rune >> 6 & 0x3F)).Append((char)(0x80 | rune & 0x3F));
                break;
            default:
                to.Append((char)(0xF0 | rune >> 18)).Append((char)(0x80 | rune >> 12 & 0x3F))
                    .Append((char)(0x80 | rune >> 6 & 0x3F)).Append((char)(0x80 | rune & 0x3F));
                break;
        }
    }

    /// <summary>Byte string of one rune.</summary>
    public static string FromRune(int rune)
    {
        var to = new StringBuilder(4);
        Append(to, rune);
        return to.ToString();
    }

    /// <summary>Number of runes.</summary>
    public static int RuneCount(string s)
    {
        if (System.Text.Ascii.IsValid(s))
        {
            return s.Length;
        }
        int count = 0;
        for (int i = 0; i < s.Length; count++)
        {
            Decode(s, i, out int width);
            i += width;
        }
        return count;
    }

    /// <summary>Runes in order; bad bytes are U+FFFD.</summary>
    public static List<int> Runes(string s)
    {
        var runes = new List<int>(s.Length);
        for (int i = 0; i < s.Length;)
        {
            runes.Add(Decode(s, i, out int width));
            i += width;
        }
        return runes;
    }

    /// <summary>Byte string of runes.</summary>
    public static string FromRunes(IEnumerable<int> runes)
    {
        var to = new StringBuilder();
        foreach (int rune in runes)
        {
            Append(to, rune);
        }
        return to.ToString();
    }

    /// <summary>Whether the bytes are valid UTF-8.</summary>
    public static bool IsValid(string s)
    {
        if (System.Text.Ascii.IsValid(s))
        {
            return true;
        }
        for (int i = 0; i < s.Length;)
        {
            if (Decode(s, i, out int width) == ReplacementRune && width == 1)
            {
                return false;
            }
            i += width;
        }
        return true;
    }
}
