using NaaS.Helm.Go;

namespace NaaS.Helm.Rendering;

/// <summary>
/// gobwas/glob with the separator <c>/</c>: <c>*</c> and <c>?</c> stay in a segment, <c>**</c> crosses them, <c>[a-z]</c>, <c>[!ab]</c>, <c>{a,b}</c>.
/// A pattern that does not parse matches everything, as in Helm.
/// </summary>
internal sealed class Glob
{
    private readonly GoRegex? regex;

    private Glob(GoRegex? regex) => this.regex = regex;

    public static Glob Compile(string pattern)
    {
        int at = 0;
        var to = new System.Text.StringBuilder("(?s)\\A(?:");
        return Translate(pattern, ref at, to, 0) && at == pattern.Length ? new Glob(GoRegex.Compile(to.Append(")\\z").ToString())) : new Glob(null);
    }

    public bool IsMatch(string path) => regex is null || regex.Find(path, 0, null, 0) is not null;

    private static bool Translate(string pattern, ref int at, System.Text.StringBuilder to, int depth)
    {
        while (at < pattern.Length)
        {
            char c = pattern[at];
            switch (c)
            {
                case '*':
                    bool super = at + 1 < pattern.Length && pattern[at + 1] == '*';
                    while (super && at + 1 < pattern.Length && pattern[at + 1] == '*')
                    {
                        at++;
                    }
                    at++;
                    to.Append(super ? ".*" : "[^/]*");
                    break;
                case '?':
                    at++;
                    to.Append("[^/]");
                    break;
                case '\\':
                    if (at + 1 >= pattern.Length)
                    {
                        return false;
                    }
                    Literal(pattern, at + 1, to, out int escaped);
                    at += 1 + escaped;
                    break;
                case '[':
                    if (!Class(pattern, ref at, to))
                    {
                        return false;
                    }
                    break;
                case '{':
                    at++;
                    to.Append("(?:");
                    if (!Alternatives(pattern, ref at, to, depth + 1))
                    {
                        return false;
                    }
                    to.Append(')');
                    break;
                case ',' or '}' when depth > 0:
                    return true;
                default:
                    Literal(pattern, at, to, out int width);
                    at += width;
                    break;
            }
        }
        return depth == 0;
    }

    private static bool Alternatives(string pattern, ref int at, System.Text.StringBuilder to, int depth)
    {
        while (Translate(pattern, ref at, to, depth) && at < pattern.Length)
        {
            if (pattern[at++] == '}')
            {
                return true;
            }
            to.Append('|');
        }
        return false;
    }

    private static bool Class(string pattern, ref int at, System.Text.StringBuilder to)
    {
        int close = pattern.IndexOf(']', at + 1);
        if (close < 0)
        {
            return false;
        }
        string body = pattern[(at + 1)..close];
        at = close + 1;
        bool negated = body.StartsWith('!');
        body = negated ? body[1..] : body;
        if (body.Length == 0)
        {
            return false;
        }
        var runes = Utf8.Runes(body);
        to.Append(negated ? "[^" : "[");
        if (runes.Count == 3 && runes[1] == '-')
        {
            if (runes[0] > runes[2])
            {
                return false;
            }
            to.Append($"\\x{{{runes[0]:X}}}-\\x{{{runes[2]:X}}}");
        }
        else
        {
            runes.ForEach(rune => to.Append($"\\x{{{rune:X}}}"));
        }
        to.Append(']');
        return true;
    }

    private static void Literal(string pattern, int at, System.Text.StringBuilder to, out int width)
    {
        Utf8.Decode(pattern, at, out width);
        to.Append(GoRegex.QuoteMeta(pattern.Substring(at, width)));
    }
}
