using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Templates;

namespace NaaS.Helm.Functions;

/// <summary>Letter case: Go's strings, goutils and xstrings.</summary>
internal static class CaseFunctions
{
    private enum Word
    {
        Invalid, Number, Upper, Alphabet, Connector, Punctuation, Other,
    }

    public static void Register(FunctionBuilder table)
    {
        table.Add("upper", [GoType.String], (_, args) => GoUnicode.ToUpper((string)args[0]!));
        table.Add("lower", [GoType.String], (_, args) => GoUnicode.ToLower((string)args[0]!));
        table.Add("title", [GoType.String], (_, args) => Title((string)args[0]!));
        table.Add("untitle", [GoType.String], (_, args) => Untitle((string)args[0]!));
        table.Add("swapcase", [GoType.String], (_, args) => SwapCase((string)args[0]!));
        table.Add("camelcase", [GoType.String], (_, args) => Pascal((string)args[0]!));
        table.Add("snakecase", [GoType.String], (_, args) => Separated((string)args[0]!, '_'));
        table.Add("kebabcase", [GoType.String], (_, args) => Separated((string)args[0]!, '-'));
    }

    private static string Title(string text)
    {
        int previous = ' ';
        return MapRunes(text, rune =>
        {
            int mapped = IsSeparator(previous) ? GoUnicode.ToTitle(rune) : rune;
            previous = rune;
            return mapped;
        });
    }

    private static bool IsSeparator(int rune)
    {
        if (rune <= 0x7F)
        {
            return rune != '_' && !char.IsAsciiLetterOrDigit((char)rune);
        }
        return !GoUnicode.IsLetter(rune) && !GoUnicode.IsDigit(rune) && GoUnicode.IsSpace(rune);
    }

    private static string Untitle(string text)
    {
        bool first = true;
        return MapRunes(text, rune =>
        {
            if (GoUnicode.IsSpace(rune))
            {
                first = true;
                return rune;
            }
            int mapped = first ? GoUnicode.ToLower(rune) : rune;
            first = false;
            return mapped;
        });
    }

    private static string SwapCase(string text)
    {
        bool space = true;
        return MapRunes(text, rune =>
        {
            if (GoUnicode.IsUpper(rune) || rune is 0x1C5 or 0x1C8 or 0x1CB or 0x1F2)
            {
                space = false;
                return GoUnicode.ToLower(rune);
            }
            if (GoUnicode.IsLower(rune))
            {
                int mapped = space ? GoUnicode.ToTitle(rune) : GoUnicode.ToUpper(rune);
                space = false;
                return mapped;
            }
            space = GoUnicode.IsSpace(rune);
            return rune;
        });
    }

    private static string MapRunes(string text, Func<int, int> map)
    {
        var to = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            Utf8.Append(to, map(Utf8.Decode(text, i, out int width)));
            i += width;
        }
        return to.ToString();
    }

    private static bool IsConnector(int rune) => rune is '-' or '_' || GoUnicode.IsSpace(rune);

    private static string Pascal(string text)
    {
        var to = new StringBuilder(text.Length);
        var runes = Utf8.Runes(text);
        if (runes.Count == 0)
        {
            return "";
        }
        int at = 0;
        int current = 0;
        bool firstUpper = false;
        for (; at < runes.Count; at++)
        {
            current = runes[at];
            if (!IsConnector(current))
            {
                firstUpper = GoUnicode.IsUpper(current);
                current = GoUnicode.ToUpper(current);
                at++;
                break;
            }
            Utf8.Append(to, current);
        }
        if (at >= runes.Count)
        {
            Utf8.Append(to, current);
            return to.ToString();
        }
        for (; at < runes.Count; at++)
        {
            int previous = current;
            current = runes[at];
            if (IsConnector(current) && IsConnector(previous))
            {
                Utf8.Append(to, previous);
                continue;
            }
            if (IsConnector(previous))
            {
                firstUpper = GoUnicode.IsUpper(current);
                current = GoUnicode.ToUpper(current);
                continue;
            }
            if (firstUpper)
            {
                if (GoUnicode.IsUpper(current))
                {
                    current = GoUnicode.ToLower(current);
                }
                else
                {
                    firstUpper = false;
                }
            }
            Utf8.Append(to, previous);
        }
        Utf8.Append(to, current);
        return to.ToString();
    }

    private static string Separated(string text, char connector)
    {
        if (text.Length == 0)
        {
            return "";
        }
        var to = new StringBuilder(text.Length + 8);
        var (kind, word, rest) = NextWord(text);
        while (rest.Length > 0)
        {
            if (kind != Word.Connector)
            {
                Lower(to, kind, word, connector);
            }
            var previous = kind;
            string last = word;
            (kind, word, rest) = NextWord(rest);
            switch (previous)
            {
                case Word.Number:
                    while (kind is Word.Alphabet or Word.Number)
                    {
                        Lower(to, kind, word, connector);
                        (kind, word, rest) = NextWord(rest);
                    }
                    if (kind is not (Word.Invalid or Word.Punctuation or Word.Connector))
                    {
                        to.Append(connector);
                    }
                    break;
                case Word.Connector:
                    Lower(to, previous, last, connector);
                    break;
                case Word.Punctuation:
                    break;
                default:
                    if (kind != Word.Number)
                    {
                        if (kind is not (Word.Connector or Word.Punctuation))
                        {
                            to.Append(connector);
                        }
                        break;
                    }
                    if (rest.Length == 0)
                    {
                        break;
                    }
                    last = word;
                    (kind, word, rest) = NextWord(rest);
                    // A number belongs to the word before it, unless lower case letters follow.
                    if (kind != Word.Alphabet)
                    {
                        Lower(to, Word.Number, last, connector);
                        if (kind is not (Word.Connector or Word.Punctuation))
                        {
                            to.Append(connector);
                        }
                        break;
                    }
                    to.Append(connector);
                    Lower(to, Word.Number, last, connector);
                    while (kind is Word.Alphabet or Word.Number)
                    {
                        Lower(to, kind, word, connector);
                        (kind, word, rest) = NextWord(rest);
                    }
                    if (kind is not (Word.Invalid or Word.Connector or Word.Punctuation))
                    {
                        to.Append(connector);
                    }
                    break;
            }
        }
        Lower(to, kind, word, connector);
        return to.ToString();
    }

    private static (Word Kind, string Text, string Remaining) NextWord(string text)
    {
        if (text.Length == 0)
        {
            return (Word.Invalid, "", "");
        }
        int first = NextValid(text, 0, Utf8.ReplacementRune, out int offset);
        if (first == Utf8.ReplacementRune)
        {
            return (Word.Invalid, text[..offset], text[offset..]);
        }
        Word kind;
        if (IsConnector(first))
        {
            kind = Word.Connector;
            offset = Skip(text, offset, IsConnector);
        }
        else if (GoUnicode.IsPunct(first))
        {
            kind = Word.Punctuation;
            offset = Skip(text, offset, GoUnicode.IsPunct);
        }
        else if (GoUnicode.IsUpper(first))
        {
            kind = Word.Upper;
            offset = UpperWord(text, offset);
        }
        else if (GoUnicode.IsLetter(first))
        {
            kind = Word.Alphabet;
            offset = Skip(text, offset, rune => GoUnicode.IsLetter(rune) && !GoUnicode.IsUpper(rune));
        }
        else if (GoUnicode.IsNumber(first))
        {
            kind = Word.Number;
            offset = Skip(text, offset, GoUnicode.IsNumber);
        }
        else
        {
            kind = Word.Other;
            offset = Skip(text, offset, rune => !(IsConnector(rune) || GoUnicode.IsLetter(rune) || GoUnicode.IsNumber(rune) || GoUnicode.IsPunct(rune)));
        }
        return (kind, text[..offset], text[offset..]);
    }

    // "HTTPStatus" is "HTTP" and "Status".
    private static int UpperWord(string text, int offset)
    {
        if (offset >= text.Length)
        {
            return offset;
        }
        int rune = NextValid(text, offset, 0, out int size);
        if (!GoUnicode.IsUpper(rune))
        {
            return GoUnicode.IsLetter(rune) ? Skip(text, offset, r => GoUnicode.IsLetter(r) && !GoUnicode.IsUpper(r)) : offset;
        }
        int lastSize = 0;
        while (offset < text.Length)
        {
            rune = NextValid(text, offset, rune, out size);
            if (!GoUnicode.IsUpper(rune))
            {
                return GoUnicode.IsLetter(rune) ? offset - lastSize : offset;
            }
            lastSize = size;
            offset += size;
        }
        return offset;
    }

    private static int Skip(string text, int offset, Func<int, bool> belongs)
    {
        while (offset < text.Length)
        {
            int rune = NextValid(text, offset, 0, out int size);
            if (!belongs(rune))
            {
                break;
            }
            offset += size;
        }
        return offset;
    }

    private static int NextValid(string text, int at, int fallback, out int size)
    {
        size = 0;
        while (at < text.Length)
        {
            int rune = Utf8.Decode(text, at, out int width);
            size += width;
            if (rune != Utf8.ReplacementRune)
            {
                return rune;
            }
            at += width;
        }
        return fallback;
    }

    private static void Lower(StringBuilder to, Word kind, string word, char connector)
    {
        if (kind is not (Word.Upper or Word.Connector))
        {
            to.Append(word);
            return;
        }
        foreach (int rune in Utf8.Runes(word))
        {
            if (IsConnector(rune))
            {
                to.Append(connector);
            }
            else
            {
                Utf8.Append(to, GoUnicode.IsUpper(rune) ? GoUnicode.ToLower(rune) : rune);
            }
        }
    }
}
