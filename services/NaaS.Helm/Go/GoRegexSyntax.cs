using System.Globalization;

namespace NaaS.Helm.Go;

/// <summary>A pattern is no RE2 expression; the message is the one of Go's regexp.</summary>
internal sealed class GoRegexException(string code, string at) : Exception($"error parsing regexp: {code}: `{at}`");

/// <summary>Kinds of expression nodes.</summary>
internal enum RegexKind
{
    Empty, Literal, Class, Any, AnyNotNewLine, BeginLine, EndLine, BeginText, EndText, WordBoundary, NoWordBoundary, Capture, Repeat, Concat, Alternate,
}

/// <summary>A node of a parsed expression.</summary>
internal sealed record RegexNode(RegexKind Kind)
{
    public int Rune { get; init; }

    public bool FoldCase { get; init; }

    public RuneClass? Class { get; init; }

    public List<RegexNode> Nodes { get; init; } = [];

    public int Min { get; init; }

    /// <summary>Most repetitions; -1 is without end.</summary>
    public int Max { get; init; }

    public bool Lazy { get; init; }

    public int Index { get; init; }

    public string? Name { get; init; }
}

/// <summary>A set of runes.</summary>
internal sealed class RuneClass
{
    private readonly List<(int Low, int High)> ranges = [];
    private readonly List<Func<int, bool>> predicates = [];

    public bool Negated { get; set; }

    public bool FoldCase { get; set; }

    public void Add(int low, int high) => ranges.Add((low, high));

    public void Add(Func<int, bool> predicate) => predicates.Add(predicate);

    public bool Contains(int rune)
    {
        bool found = Direct(rune);
        if (!found && FoldCase)
        {
            int lower = GoUnicode.ToLower(rune);
            int upper = GoUnicode.ToUpper(rune);
            found = Direct(lower) || Direct(upper) || Direct(GoUnicode.ToUpper(lower)) || Direct(GoUnicode.ToLower(upper))
                || (lower == 'k' && Direct(0x212A)) || (upper == 'S' && Direct(0x17F));
        }
        return found != Negated;
    }

    private bool Direct(int rune)
    {
        foreach (var (low, high) in ranges)
        {
            if (rune >= low && rune <= high)
            {
                return true;
            }
        }
        foreach (var predicate in predicates)
        {
            if (predicate(rune))
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>Parses RE2 syntax as Go's regexp/syntax does with Perl flags.</summary>
internal sealed class GoRegexParser
{
    private const int MaxRepeat = 1000;
    private const int MaxNesting = 1000;
    private const int MaxRune = 0x10FFFF;
    private readonly string pattern;
    private int pos;
    private int nesting;
    private bool foldCase, multiLine, dotNewLine, ungreedy;

    private GoRegexParser(string pattern) => this.pattern = pattern;

    /// <summary>Number of capture groups, the whole match not counted.</summary>
    public int Captures { get; private set; }

    /// <summary>Names of groups with their numbers; a name may stand twice.</summary>
    public List<(string Name, int Index)> Names { get; } = [];

    /// <summary>Parses a pattern; fails with <see cref="GoRegexException"/>.</summary>
    public static (RegexNode Root, GoRegexParser Parser) Parse(string pattern)
    {
        if (!Utf8.IsValid(pattern))
        {
            throw new GoRegexException("invalid UTF-8", pattern);
        }
        var parser = new GoRegexParser(pattern);
        var root = parser.Alternation();
        if (parser.pos < pattern.Length)
        {
            throw new GoRegexException("unexpected )", pattern);
        }
        return (root, parser);
    }

    private bool More => pos < pattern.Length;

    private RegexNode Alternation()
    {
        if (++nesting > MaxNesting)
        {
            throw new GoRegexException("expression nests too deeply", pattern);
        }
        var branches = new List<RegexNode> { Concatenation() };
        while (More && pattern[pos] == '|')
        {
            pos++;
            branches.Add(Concatenation());
        }
        nesting--;
        return branches.Count == 1 ? branches[0] : new RegexNode(RegexKind.Alternate) { Nodes = branches };
    }

    private RegexNode Concatenation()
    {
        var items = new List<RegexNode>();
        int lastRepeat = -1;
        while (More && pattern[pos] is not ('|' or ')'))
        {
            int start = pos;
            char c = pattern[pos];
            switch (c)
            {
                case '*' or '+' or '?':
                    pos++;
                    ApplyRepeat(items, start, ref lastRepeat, c == '+' ? 1 : 0, c == '?' ? 1 : -1);
                    continue;
                case '{' when TryRepeatCounts(out int min, out int max):
                    if (min > MaxRepeat || max > MaxRepeat || (max >= 0 && min > max))
                    {
                        throw new GoRegexException("invalid repeat count", pattern[start..pos]);
                    }
                    ApplyRepeat(items, start, ref lastRepeat, min, max);
                    continue;
                case '(':
                    if (Group() is { } group)
                    {
                        items.Add(group);
                    }
                    break;
                case '[':
                    items.Add(BracketClass());
                    break;
                case '.':
                    pos++;
                    items.Add(new RegexNode(dotNewLine ? RegexKind.Any : RegexKind.AnyNotNewLine));
                    break;
                case '^':
                    pos++;
                    items.Add(new RegexNode(multiLine ? RegexKind.BeginLine : RegexKind.BeginText));
                    break;
                case '$':
                    pos++;
                    items.Add(new RegexNode(multiLine ? RegexKind.EndLine : RegexKind.EndText));
                    break;
                case '\\':
                    EscapeItem(items);
                    break;
                default:
                    items.Add(Literal(Utf8.Decode(pattern, pos, out int width)));
                    pos += width;
                    break;
            }
            lastRepeat = -1;
        }
        return items.Count switch
        {
            0 => new RegexNode(RegexKind.Empty),
            1 => items[0],
            _ => new RegexNode(RegexKind.Concat) { Nodes = items },
        };
    }

    private RegexNode Literal(int rune) => new(RegexKind.Literal) { Rune = rune, FoldCase = foldCase };

    private void ApplyRepeat(List<RegexNode> items, int start, ref int lastRepeat, int min, int max)
    {
        bool lazy = More && pattern[pos] == '?';
        if (lazy)
        {
            pos++;
        }
        if (lastRepeat >= 0)
        {
            throw new GoRegexException("invalid nested repetition operator", pattern[lastRepeat..pos]);
        }
        if (items.Count == 0)
        {
            throw new GoRegexException("missing argument to repetition operator", pattern[start..pos]);
        }
        var repeat = new RegexNode(RegexKind.Repeat) { Nodes = [items[^1]], Min = min, Max = max, Lazy = lazy != ungreedy };
        if (max is not (-1 or 1) || min > 1)
        {
            CheckSize(repeat, MaxRepeat, pattern[start..pos]);
        }
        items[^1] = repeat;
        lastRepeat = start;
    }

    // Nested counted repetitions may not multiply to more than a thousand.
    private static void CheckSize(RegexNode node, int budget, string at)
    {
        if (node.Kind == RegexKind.Repeat)
        {
            int most = node.Max < 0 ? Math.Max(node.Min, 1) : Math.Max(node.Max, 1);
            if (most > budget)
            {
                throw new GoRegexException("invalid repeat count", at);
            }
            budget /= most;
        }
        foreach (var child in node.Nodes)
        {
            CheckSize(child, budget, at);
        }
    }

    private bool TryRepeatCounts(out int min, out int max)
    {
        min = max = 0;
        int at = pos + 1;
        if (!TryCount(ref at, out min))
        {
            return false;
        }
        max = min;
        if (at < pattern.Length && pattern[at] == ',')
        {
            at++;
            if (at < pattern.Length && pattern[at] == '}')
            {
                max = -1;
            }
            else if (!TryCount(ref at, out max))
            {
                return false;
            }
        }
        if (at >= pattern.Length || pattern[at] != '}')
        {
            return false;
        }
        pos = at + 1;
        return true;
    }

    private bool TryCount(ref int at, out int count)
    {
        int start = at;
        while (at < pattern.Length && char.IsAsciiDigit(pattern[at]))
        {
            at++;
        }
        count = 0;
        if (at == start || (at - start > 1 && pattern[start] == '0'))
        {
            return false;
        }
        count = at - start > 8 ? MaxRepeat + 1 : int.Parse(pattern.AsSpan(start, at - start), CultureInfo.InvariantCulture);
        return true;
    }

    private RegexNode? Group()
    {
        int start = pos;
        var outer = (foldCase, multiLine, dotNewLine, ungreedy);
        int index = -1;
        string? name = null;
        if (pos + 1 < pattern.Length && pattern[pos + 1] == '?')
        {
            bool named = string.CompareOrdinal(pattern, pos, "(?P<", 0, 4) == 0;
            if (named || string.CompareOrdinal(pattern, pos, "(?<", 0, 3) == 0)
            {
                name = GroupName(start, named ? 4 : 3);
                index = ++Captures;
                Names.Add((name, index));
            }
            else if (Flags(start))
            {
                return null;
            }
        }
        else
        {
            pos++;
            index = ++Captures;
        }
        var inner = Alternation();
        if (!More)
        {
            throw new GoRegexException("missing closing )", pattern);
        }
        pos++;
        (foldCase, multiLine, dotNewLine, ungreedy) = outer;
        return index < 0 ? inner.Kind == RegexKind.Empty ? inner : new RegexNode(RegexKind.Concat) { Nodes = [inner] }
            : new RegexNode(RegexKind.Capture) { Index = index, Name = name, Nodes = [inner] };
    }

    private string GroupName(int start, int prefix)
    {
        int close = pattern.IndexOf('>', pos);
        if (close < 0)
        {
            throw new GoRegexException("invalid named capture", pattern[start..]);
        }
        string name = pattern[(pos + prefix)..close];
        if (name.Length == 0 || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
        {
            throw new GoRegexException("invalid named capture", pattern[start..(close + 1)]);
        }
        pos = close + 1;
        return name;
    }

    /// <summary>Reads <c>(?flags)</c> or <c>(?flags:</c>; true where the group ends with the flags.</summary>
    private bool Flags(int start)
    {
        pos += 2;
        bool on = true;
        bool any = false;
        while (More)
        {
            int rune = Utf8.Decode(pattern, pos, out int width);
            pos += width;
            switch (rune)
            {
                case 'i': foldCase = on; any = true; break;
                case 'm': multiLine = on; any = true; break;
                case 's': dotNewLine = on; any = true; break;
                case 'U': ungreedy = on; any = true; break;
                case '-' when on:
                    on = false;
                    any = false;
                    break;
                case ':' or ')' when on || any:
                    return rune == ')';
                default:
                    throw new GoRegexException("invalid or unsupported Perl syntax", pattern[start..pos]);
            }
        }
        throw new GoRegexException("invalid or unsupported Perl syntax", pattern[start..]);
    }

    private void EscapeItem(List<RegexNode> items)
    {
        int start = pos;
        if (pos + 1 >= pattern.Length)
        {
            throw new GoRegexException("trailing backslash at end of expression", "");
        }
        switch (pattern[pos + 1])
        {
            case 'A':
                items.Add(new RegexNode(RegexKind.BeginText));
                pos += 2;
                return;
            case 'b':
                items.Add(new RegexNode(RegexKind.WordBoundary));
                pos += 2;
                return;
            case 'B':
                items.Add(new RegexNode(RegexKind.NoWordBoundary));
                pos += 2;
                return;
            case 'z':
                items.Add(new RegexNode(RegexKind.EndText));
                pos += 2;
                return;
            case 'C':
                throw new GoRegexException("invalid escape sequence", pattern[start..(start + 2)]);
            case 'Q':
                int end = pattern.IndexOf("\\E", pos + 2, StringComparison.Ordinal);
                string literal = end < 0 ? pattern[(pos + 2)..] : pattern[(pos + 2)..end];
                items.AddRange(Utf8.Runes(literal).Select(Literal));
                pos = end < 0 ? pattern.Length : end + 2;
                return;
        }
        var set = new RuneClass { FoldCase = foldCase };
        if (TryPerlClass(set) || TryUnicodeClass(set))
        {
            items.Add(new RegexNode(RegexKind.Class) { Class = set });
            return;
        }
        items.Add(Literal(Escape()));
    }

    private bool TryPerlClass(RuneClass set)
    {
        if (pos + 1 >= pattern.Length)
        {
            return false;
        }
        char kind = pattern[pos + 1];
        Func<int, bool>? predicate = char.ToLowerInvariant(kind) switch
        {
            'd' => rune => rune is >= '0' and <= '9',
            's' => rune => rune is '\t' or '\n' or '\f' or '\r' or ' ',
            'w' => IsWord,
            _ => null,
        };
        if (predicate is null)
        {
            return false;
        }
        set.Add(char.IsAsciiLetterUpper(kind) ? rune => !predicate(rune) : predicate);
        pos += 2;
        return true;
    }

    /// <summary>Whether a rune is a word character of RE2: ASCII only.</summary>
    public static bool IsWord(int rune) => rune is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_';

    private bool TryUnicodeClass(RuneClass set)
    {
        if (pos + 1 >= pattern.Length || pattern[pos + 1] is not ('p' or 'P'))
        {
            return false;
        }
        int start = pos;
        bool negated = pattern[pos + 1] == 'P';
        pos += 2;
        if (!More)
        {
            throw new GoRegexException("invalid character class range", pattern[start..]);
        }
        string name;
        if (pattern[pos] == '{')
        {
            int close = pattern.IndexOf('}', pos);
            if (close < 0)
            {
                throw new GoRegexException("invalid character class range", pattern[start..]);
            }
            name = pattern[(pos + 1)..close];
            pos = close + 1;
        }
        else
        {
            Utf8.Decode(pattern, pos, out int width);
            name = pattern.Substring(pos, width);
            pos += width;
        }
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }
        var predicate = GoUnicodeClasses.Find(name) ?? throw new GoRegexException("invalid character class range", pattern[start..pos]);
        set.Add(negated ? rune => !predicate(rune) : predicate);
        return true;
    }

    private int Escape()
    {
        int start = pos;
        pos++;
        if (!More)
        {
            throw new GoRegexException("trailing backslash at end of expression", "");
        }
        int rune = Utf8.Decode(pattern, pos, out int width);
        pos += width;
        switch (rune)
        {
            case >= '1' and <= '7' when !More || pattern[pos] is < '0' or > '7':
                break;
            case >= '0' and <= '7':
                int value = rune - '0';
                for (int i = 1; i < 3 && More && pattern[pos] is >= '0' and <= '7'; i++)
                {
                    value = value * 8 + (pattern[pos++] - '0');
                }
                return value;
            case 'x':
                return HexEscape(start);
            case 'a': return 7;
            case 'f': return 12;
            case 'n': return 10;
            case 'r': return 13;
            case 't': return 9;
            case 'v': return 11;
            default:
                if (rune < 0x80 && !char.IsAsciiLetterOrDigit((char)rune))
                {
                    return rune;
                }
                break;
        }
        throw new GoRegexException("invalid escape sequence", pattern[start..pos]);
    }

    private int HexEscape(int start)
    {
        int digits = 0;
        int value = 0;
        bool braces = More && pattern[pos] == '{';
        pos += braces ? 1 : 0;
        while (More && char.IsAsciiHexDigit(pattern[pos]) && (braces || digits < 2) && value <= MaxRune)
        {
            value = value * 16 + int.Parse(pattern.AsSpan(pos, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            pos++;
            digits++;
        }
        bool closed = !braces || (More && pattern[pos] == '}');
        pos += braces && closed ? 1 : 0;
        if (!closed || value > MaxRune || (braces ? digits == 0 : digits != 2))
        {
            throw new GoRegexException("invalid escape sequence", pattern[start..Math.Min(pos + (More ? 1 : 0), pattern.Length)]);
        }
        return value;
    }

    private RegexNode BracketClass()
    {
        int start = pos;
        pos++;
        var set = new RuneClass { FoldCase = foldCase };
        if (More && pattern[pos] == '^')
        {
            set.Negated = true;
            pos++;
        }
        bool first = true;
        while (!More || pattern[pos] != ']' || first)
        {
            if (!More)
            {
                throw new GoRegexException("missing closing ]", pattern[start..]);
            }
            first = false;
            if (string.CompareOrdinal(pattern, pos, "[:", 0, 2) == 0 && TryNamedClass(set))
            {
                continue;
            }
            if (pattern[pos] == '\\' && (TryUnicodeClass(set) || TryPerlClass(set)))
            {
                continue;
            }
            int rangeStart = pos;
            int low = ClassRune(start);
            int high = low;
            if (pos + 1 < pattern.Length && pattern[pos] == '-' && pattern[pos + 1] != ']')
            {
                pos++;
                high = ClassRune(start);
                if (high < low)
                {
                    throw new GoRegexException("invalid character class range", pattern[rangeStart..pos]);
                }
            }
            set.Add(low, high);
        }
        pos++;
        return new RegexNode(RegexKind.Class) { Class = set };
    }

    private int ClassRune(int start)
    {
        if (!More)
        {
            throw new GoRegexException("missing closing ]", pattern[start..]);
        }
        if (pattern[pos] == '\\')
        {
            return Escape();
        }
        int rune = Utf8.Decode(pattern, pos, out int width);
        pos += width;
        return rune;
    }

    private bool TryNamedClass(RuneClass set)
    {
        int close = pattern.IndexOf(":]", pos + 2, StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }
        string name = pattern[(pos + 2)..close];
        bool negated = name.StartsWith('^');
        Func<int, bool> predicate = (negated ? name[1..] : name) switch
        {
            "alnum" => rune => rune < 0x80 && char.IsAsciiLetterOrDigit((char)rune),
            "alpha" => rune => rune < 0x80 && char.IsAsciiLetter((char)rune),
            "ascii" => rune => rune < 0x80,
            "blank" => rune => rune is '\t' or ' ',
            "cntrl" => rune => rune is < 0x20 or 0x7F,
            "digit" => rune => rune is >= '0' and <= '9',
            "graph" => rune => rune is > ' ' and < 0x7F,
            "lower" => rune => rune is >= 'a' and <= 'z',
            "print" => rune => rune is >= ' ' and < 0x7F,
            "punct" => rune => rune is > ' ' and < 0x7F && !char.IsAsciiLetterOrDigit((char)rune),
            "space" => rune => rune is (>= 9 and <= 13) or ' ',
            "upper" => rune => rune is >= 'A' and <= 'Z',
            "word" => IsWord,
            "xdigit" => rune => rune < 0x80 && char.IsAsciiHexDigit((char)rune),
            _ => throw new GoRegexException("invalid character class range", pattern[pos..(close + 2)]),
        };
        set.Add(negated ? rune => !predicate(rune) : predicate);
        pos = close + 2;
        return true;
    }
}
