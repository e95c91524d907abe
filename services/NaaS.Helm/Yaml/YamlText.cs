using System.Buffers;

namespace NaaS.Helm.Yaml;

/// <summary>Character classes of YAML 1.1 over byte strings; reading past the end gives NUL, which counts as end of stream.</summary>
internal static class YamlText
{
    /// <summary>The printable characters of ASCII.</summary>
    public const string Printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Printable + "\t\n\r");

    public static char At(string s, int i) => (uint)i < (uint)s.Length ? s[i] : '\0';

    public static bool IsBlank(char c) => c is ' ' or '\t';

    public static bool IsAlpha(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    /// <summary>CR, LF, NEL, LS or PS.</summary>
    public static bool IsBreak(string s, int i) => At(s, i) switch
    {
        '\r' or '\n' => true,
        '\u00c2' => At(s, i + 1) == '\u0085',
        '\u00e2' => At(s, i + 1) == '\u0080' && At(s, i + 2) is '\u00a8' or '\u00a9',
        _ => false,
    };

    public static bool IsBreakOrEnd(string s, int i) => At(s, i) == '\0' || IsBreak(s, i);

    public static bool IsBlankOrEnd(string s, int i) => At(s, i) is ' ' or '\t' || IsBreakOrEnd(s, i);

    public static bool IsBom(string s, int i) => At(s, i) == '\u00ef' && At(s, i + 1) == '\u00bb' && At(s, i + 2) == '\u00bf';

    /// <summary>Bytes of the character that begins with this byte; 1 for a stray continuation byte, so that scanning always advances.</summary>
    public static int Width(char c) => c switch
    {
        < '\u0080' => 1,
        >= '\u00c0' and < '\u00e0' => 2,
        >= '\u00e0' and < '\u00f0' => 3,
        >= '\u00f0' and < '\u00f8' => 4,
        _ => 1,
    };

    /// <summary>Whether the character may stand unescaped in a quoted scalar (four-byte characters may not, as in go-yaml).</summary>
    public static bool IsPrintable(string s, int i)
    {
        var c = s[i];
        return c switch
        {
            '\n' => true,
            >= ' ' and <= '~' => true,
            '\u00c2' => At(s, i + 1) >= '\u00a0',
            > '\u00c2' and < '\u00ed' => true,
            '\u00ed' => At(s, i + 1) < '\u00a0',
            '\u00ee' => true,
            '\u00ef' => !IsBom(s, i) && !(At(s, i + 1) == '\u00bf' && At(s, i + 2) is '\u00be' or '\u00bf'),
            _ => false,
        };
    }

    /// <summary>Refuses what no YAML stream may hold: control characters and malformed UTF-8.</summary>
    public static void Check(string s)
    {
        for (var i = 0; ;)
        {
            var other = s.AsSpan(i).IndexOfAnyExcept(Allowed);
            if (other < 0)
            {
                return;
            }

            i += other;
            i += CheckCharacter(s, i);
        }
    }

    private static int CheckCharacter(string s, int i)
    {
        var lead = s[i];
        var width = lead switch
        {
            < '\u0080' => 1,
            >= '\u00c0' and < '\u00e0' => 2,
            >= '\u00e0' and < '\u00f0' => 3,
            >= '\u00f0' and < '\u00f8' => 4,
            _ => throw new YamlException("yaml: invalid leading UTF-8 octet"),
        };
        if (i + width > s.Length)
        {
            throw new YamlException("yaml: incomplete UTF-8 octet sequence");
        }

        var value = width switch { 1 => lead, 2 => lead & 0x1f, 3 => lead & 0x0f, _ => lead & 0x07 };
        for (var k = 1; k < width; k++)
        {
            if ((s[i + k] & 0xc0) != 0x80)
            {
                throw new YamlException("yaml: invalid trailing UTF-8 octet");
            }

            value = (value << 6) | (s[i + k] & 0x3f);
        }

        if (width > 1 && value < width switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 })
        {
            throw new YamlException("yaml: invalid length of a UTF-8 sequence");
        }

        if (value is >= 0xd800 and <= 0xdfff or > 0x10ffff)
        {
            throw new YamlException("yaml: invalid Unicode character");
        }

        var allowed = value is 0x85 or (>= 0xa0 and <= 0xd7ff) or (>= 0xe000 and <= 0xfffd) or >= 0x10000;

        return allowed ? width : throw new YamlException("yaml: control characters are not allowed");
    }
}
