using System.Text;

namespace NaaS.Helm.Go;

/// <summary>Go's strconv.Quote and strconv.Unquote on byte strings.</summary>
internal static class GoQuote
{
    /// <summary>Double-quoted Go literal; with <paramref name="ascii"/> everything beyond ASCII is escaped.</summary>
    public static string Quote(string s, bool ascii = false)
    {
        var to = new StringBuilder(s.Length + 2);
        AppendQuoted(to, s, '"', ascii);
        return to.ToString();
    }

    /// <summary>Appends a quoted literal.</summary>
    public static void AppendQuoted(StringBuilder to, string s, char quote, bool ascii)
    {
        to.Append(quote);
        for (int i = 0; i < s.Length;)
        {
            int rune = Utf8.Decode(s, i, out int width);
            if (width == 1 && rune == Utf8.ReplacementRune)
            {
                to.Append("\\x").Append(((int)s[i]).ToString("x2"));
            }
            else
            {
                AppendEscaped(to, rune, quote, ascii);
            }
            i += width;
        }
        to.Append(quote);
    }

    /// <summary>Single-quoted Go rune literal.</summary>
    public static string QuoteRune(int rune, bool ascii = false)
    {
        var to = new StringBuilder().Append('\'');
        AppendEscaped(to, rune is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? Utf8.ReplacementRune : rune, '\'', ascii);
        return to.Append('\'').ToString();
    }

    /// <summary>Whether the text can stand between backquotes.</summary>
    public static bool CanBackquote(string s)
    {
        for (int i = 0; i < s.Length;)
        {
            int rune = Utf8.Decode(s, i, out int width);
            if ((width == 1 && rune == Utf8.ReplacementRune) || rune == 0xFEFF || (rune < ' ' && rune != '\t') || rune is '`' or 0x7F)
            {
                return false;
            }
            i += width;
        }
        return true;
    }

    /// <summary>Reads a Go string literal (interpreted or raw); null where it is malformed.</summary>
    public static string? Unquote(string literal)
    {
        if (literal.Length < 2 || literal[0] != literal[^1])
        {
            return null;
        }
        string inner = Templates.Words.Of(literal.AsSpan(1, literal.Length - 2));
        if (literal[0] == '`')
        {
            return inner.Contains('`') ? null : inner.Replace("\r", "");
        }
        if (!inner.Contains('\\'))
        {
            return inner;
        }
        var to = new StringBuilder(inner.Length);
        for (int at = 0; at < inner.Length;)
        {
            if (inner[at] == '"' || !TryUnquoteChar(inner, ref at, '"', out int rune, out bool isByte))
            {
                return null;
            }
            if (isByte)
            {
                to.Append((char)rune);
            }
            else
            {
                Utf8.Append(to, rune);
            }
        }
        return to.ToString();
    }

    /// <summary>Reads one character or escape sequence of a literal.</summary>
    public static bool TryUnquoteChar(string s, ref int at, char quote, out int rune, out bool isByte)
    {
        isByte = false;
        rune = 0;
        if (at >= s.Length || s[at] == quote)
        {
            return false;
        }
        if (s[at] != '\\')
        {
            int start = at;
            rune = Utf8.Decode(s, at, out int width);
            isByte = width == 1 && rune == Utf8.ReplacementRune;
            rune = isByte ? s[start] : rune;
            at += width;
            return true;
        }
        if (++at >= s.Length)
        {
            return false;
        }
        char kind = s[at++];
        switch (kind)
        {
            case 'a': rune = 7; return true;
            case 'b': rune = 8; return true;
            case 'f': rune = 12; return true;
            case 'n': rune = 10; return true;
            case 'r': rune = 13; return true;
            case 't': rune = 9; return true;
            case 'v': rune = 11; return true;
            case '\\': rune = '\\'; return true;
            case '\'' or '"':
                rune = kind;
                return kind == quote;
            case 'x' or 'u' or 'U':
                isByte = kind == 'x';
                return TryDigits(s, ref at, kind switch { 'x' => 2, 'u' => 4, _ => 8 }, 16, out rune)
                    && (isByte || rune is >= 0 and <= 0x10FFFF and (< 0xD800 or > 0xDFFF));
            case >= '0' and <= '7':
                at--;
                isByte = true;
                return TryDigits(s, ref at, 3, 8, out rune) && rune <= 255;
            default:
                return false;
        }
    }

    private static bool TryDigits(string s, ref int at, int count, int radix, out int value)
    {
        value = 0;
        for (int i = 0; i < count; i++, at++)
        {
            int digit = at < s.Length && char.IsAsciiHexDigit(s[at]) ? Convert.ToInt32(s[at].ToString(), 16) : 99;
            if (digit >= radix)
            {
                return false;
            }
            value = value * radix + digit;
        }
        return true;
    }

    private static void AppendEscaped(StringBuilder to, int rune, char quote, bool ascii)
    {
        if (rune == quote || rune == '\\')
        {
            to.Append('\\').Append((char)rune);
            return;
        }
        if (ascii ? rune is >= 0x20 and < 0x7F : GoUnicode.IsPrint(rune))
        {
            Utf8.Append(to, rune);
            return;
        }
        _ = rune switch
        {
            7 => to.Append("\\a"),
            8 => to.Append("\\b"),
            12 => to.Append("\\f"),
            10 => to.Append("\\n"),
            13 => to.Append("\\r"),
            9 => to.Append("\\t"),
            11 => to.Append("\\v"),
            < ' ' or 0x7F => to.Append("\\x").Append(rune.ToString("x2")),
            < 0x10000 => to.Append("\\u").Append(rune.ToString("x4")),
            _ => to.Append("\\U").Append(rune.ToString("x8")),
        };
    }
}
