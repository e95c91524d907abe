using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Toml;

/// <summary>The grammar of TOML documents: tables, keys, values.</summary>
internal sealed class TomlParser(string text)
{
    private const int MaxDepth = 200;
    private const string TableArray = "[]map[string]interface {}";
    private readonly GoMap root = [];

    /// <summary>Tables that exist only because a longer key runs through them: they may still be defined.</summary>
    private readonly HashSet<GoMap> implicitTables = [];
    private readonly List<string> context = [];
    private string? currentKey;
    private int pos;
    private int depth;

    public GoMap Document()
    {
        pos = text.StartsWith("\u00ef\u00bb\u00bf", StringComparison.Ordinal) ? 3 : 0;
        var table = root;
        while (true)
        {
            SkipBlanksAndLines();
            if (pos >= text.Length)
            {
                return root;
            }

            if (Peek() == '[')
            {
                table = Header();
            }
            else
            {
                Pair(table, context);
            }

            EndOfItem();
        }
    }

    private char Peek(int ahead = 0) => pos + ahead < text.Length ? text[pos + ahead] : '\0';

    private static bool IsBareKey(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private TomlException Fail(string message, int? at = null)
    {
        var place = at ?? pos;
        var line = 1 + text.AsSpan(0, Math.Min(place, text.Length)).Count('\n');
        if (place >= text.Length && text.EndsWith('\n') && line > 1)
        {
            // The end of the text belongs to the line before it.
            line--;
        }

        var key = LastKey();
        return new TomlException(key.Length > 0 ? $"toml: line {line} (last key {GoSyntax.Quote(key)}): {message}" : $"toml: line {line}: {message}");
    }

    private string LastKey() => Name(currentKey is null ? context : [.. context, currentKey]);

    private static string Name(IEnumerable<string> key) => string.Join('.', key.Select(part => part.Length > 0 && part.All(IsBareKey) ? part : GoSyntax.Quote(part)));

    private string Shown() => pos >= text.Length ? "'\\x00'" : ShownRune();

    private string ShownRune()
    {
        var width = Yaml.YamlText.Width(text[pos]);
        return text[pos] switch
        {
            '\n' => "'\\n'",
            '\t' => "'\\t'",
            '\r' => "'\\r'",
            '\'' => "'\\''",
            '\\' => "'\\\\'",
            _ => $"'{GoString.ToText(text.Substring(pos, Math.Min(width, text.Length - pos)))}'",
        };
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
        {
            pos++;
        }
    }

    private void SkipBlanksAndLines()
    {
        while (true)
        {
            SkipBlanks();
            if (Peek() == '#')
            {
                SkipComment();
            }
            else if (Peek() == '\n' || (Peek() == '\r' && Peek(1) == '\n'))
            {
                pos++;
            }
            else
            {
                CheckControl();
                return;
            }
        }
    }

    private void SkipComment()
    {
        while (pos < text.Length && Peek() != '\n' && !(Peek() == '\r' && Peek(1) == '\n'))
        {
            CheckControl();
            pos++;
        }
    }

    private void CheckControl()
    {
        if (pos < text.Length && (Peek() is < ' ' and not ('\t' or '\n') or '\u007f') && !(Peek() == '\r' && Peek(1) == '\n'))
        {
            throw Fail($"TOML files cannot contain control characters: '0x{(int)Peek():x2}'");
        }
    }

    private void EndOfItem()
    {
        SkipBlanks();
        if (Peek() == '#')
        {
            SkipComment();
        }

        CheckControl();
        if (pos < text.Length && Peek() is not ('\n' or '\r'))
        {
            throw Fail($"expected a top-level item to end with a newline, comment, or EOF, but got {Shown()} instead");
        }
    }

    private GoMap Header()
    {
        pos++;
        var array = Peek() == '[';
        pos += array ? 1 : 0;
        var key = HeaderName();
        if (array)
        {
            if (Peek() != ']')
            {
                throw Fail($"expected end of table array name delimiter ']', but got {Shown()} instead");
            }

            pos++;
        }

        return Open(key, array);
    }

    private List<string> HeaderName()
    {
        var key = new List<string>();
        while (true)
        {
            SkipBlanks();
            switch (Peek())
            {
                case ']' or '\0':
                    throw Fail("unexpected end of table name (table names cannot be empty)");
                case '.':
                    throw Fail("unexpected table separator (table names cannot be empty)");
            }

            key.Add(KeyPart());
            SkipBlanks();
            if (Peek() == '.')
            {
                pos++;
                continue;
            }

            if (Peek() != ']')
            {
                throw Fail($"expected '.' or ']' to end table name, but got {Shown()} instead");
            }

            pos++;
            return key;
        }
    }

    private GoMap Open(List<string> key, bool array)
    {
        context.Clear();
        currentKey = null;
        var table = root;
        foreach (var part in key.SkipLast(1))
        {
            table = Step(table, part, key);
            context.Add(part);
        }

        var name = key[^1];
        GoMap opened = [];
        if (array)
        {
            if (!table.TryGetValue(name, out var present))
            {
                present = new GoList(TableArray);
                table[name] = present;
            }

            if (present is not GoList { TypeName: TableArray } list)
            {
                throw Fail($"Key '{GoString.ToText(Name(key))}' was already created and cannot be used as an array.");
            }

            list.Add(opened);
        }
        else if (table.TryGetValue(name, out var present))
        {
            if (present is not GoMap known || !implicitTables.Remove(known))
            {
                throw Fail($"Key '{GoString.ToText(Name(key))}' has already been defined.");
            }

            opened = known;
        }
        else
        {
            table[name] = opened;
        }

        context.Add(name);
        return opened;
    }

    /// <summary>The table that a key runs through, made where it is not there yet.</summary>
    private GoMap Step(GoMap table, string part, List<string> key)
    {
        if (!table.TryGetValue(part, out var next))
        {
            var made = new GoMap();
            implicitTables.Add(made);
            table[part] = made;
            return made;
        }

        return next switch
        {
            GoMap map => map,
            GoList { TypeName: TableArray } list => (GoMap)list[^1]!,
            _ => throw Fail($"Key '{GoString.ToText(Name(key))}' has already been defined."),
        };
    }

    /// <summary>Reads <c>a.b = value</c> into a table and returns the key.</summary>
    private List<string> Pair(GoMap table, List<string> outer)
    {
        switch (Peek())
        {
            case '=' or '\0':
                throw Fail("unexpected '=': key name appears blank");
            case '.':
                throw Fail("unexpected '.': keys cannot start with a '.'");
        }

        var key = PairKey();
        var added = 0;
        currentKey = null;
        foreach (var part in key.SkipLast(1))
        {
            context.Add(part);
            added++;
        }

        currentKey = key[^1];
        SkipBlanks();
        var start = pos;
        var value = Value();
        List<string> full = [.. outer.Take(outer.Count - (ReferenceEquals(outer, context) ? added : 0)), .. key];
        for (var i = 0; i < key.Count - 1; i++)
        {
            if (table.TryGetValue(key[i], out var present) && present is not GoMap)
            {
                throw Fail($"Key '{GoString.ToText(Name(full.Take(full.Count - key.Count + i + 1)))}' has already been defined.", start);
            }

            table = Step(table, key[i], full);
        }

        if (table.ContainsKey(key[^1]))
        {
            throw Fail($"Key '{GoString.ToText(Name(full))}' has already been defined.", start);
        }

        table[key[^1]] = value;
        context.RemoveRange(context.Count - added, added);
        currentKey = null;
        return key;
    }

    private List<string> PairKey()
    {
        var key = new List<string>();
        while (true)
        {
            SkipBlanks();
            if (Peek() is '=' or '\0' or '.')
            {
                throw Fail(Peek() == '.' ? "unexpected '.'" : "unexpected '='");
            }

            key.Add(KeyPart());
            SkipBlanks();
            switch (Peek())
            {
                case '.':
                    pos++;
                    break;
                case '=':
                    pos++;
                    return key;
                case '\0' when pos >= text.Length:
                    throw Fail("unexpected EOF; expected key separator '='");
                default:
                    throw Fail($"expected '.' or '=', but got {Shown()} instead");
            }
        }
    }

    private string KeyPart()
    {
        if (Peek() is '"' or '\'')
        {
            var quote = Peek();
            pos++;
            return quote == '"' ? Basic() : Literal();
        }

        var from = pos;
        while (IsBareKey(Peek()))
        {
            pos++;
        }

        return text[from..pos];
    }

    private object? Value()
    {
        if (++depth > MaxDepth)
        {
            throw Fail($"nested deeper than {MaxDepth}");
        }

        var value = ValueInside();
        depth--;
        return value;
    }

    private object? ValueInside()
    {
        SkipBlanks();
        CheckControl();
        switch (Peek())
        {
            case '\0' when pos >= text.Length:
                throw Fail("unexpected EOF; expected value");
            case '[':
                pos++;
                return Array();
            case '{':
                pos++;
                return InlineTable();
            case '"':
                pos++;
                return Take("\"\"") ? LongBasic() : Basic();
            case '\'':
                pos++;
                return Take("''") ? LongLiteral() : Literal();
            case '.':
                throw Fail("floats must start with a digit, not '.'");
            case '+' or '-' or (>= '0' and <= '9'):
                return new TomlNumber(text, pos, message => Fail(message)).Read(ref pos);
        }

        return Word();
    }

    private object Word()
    {
        if (Take("inf"))
        {
            return double.PositiveInfinity;
        }

        if (Take("nan"))
        {
            return double.NaN;
        }

        var from = pos;
        while (char.IsAsciiLetter(Peek()))
        {
            pos++;
        }

        var word = text[from..pos];
        return word switch
        {
            "true" => true,
            "false" => false,
            "" => throw Fail($"expected value but found {Shown()} instead"),
            _ => throw Fail($"expected value but found \"{word}\" instead"),
        };
    }

    private GoList Array()
    {
        var list = new GoList();
        while (true)
        {
            SkipBlanksAndLines();
            switch (Peek())
            {
                case ',':
                    throw Fail("unexpected comma");
                case ']':
                    pos++;
                    return list;
            }

            list.Add(Value());
            SkipBlanksAndLines();
            switch (Peek())
            {
                case ',':
                    pos++;
                    break;
                case ']':
                    pos++;
                    return list;
                default:
                    throw Fail($"expected a comma (',') or array terminator (']'), but got {ShownOrEnd()}");
            }
        }
    }

    private GoMap InlineTable()
    {
        var table = new GoMap();
        if (currentKey is { } key)
        {
            context.Add(key);
        }

        var outer = currentKey;
        while (true)
        {
            currentKey = null;
            SkipBlanksAndLines();
            switch (Peek())
            {
                case ',':
                    throw Fail("unexpected comma");
                case '}':
                    pos++;
                    return Closed(table, outer);
            }

            var last = Pair(table, context);
            SkipBlanksAndLines();
            switch (Peek())
            {
                case ',':
                    pos++;
                    break;
                case '}':
                    pos++;
                    return Closed(table, outer);
                default:
                    context.AddRange(last.SkipLast(1));
                    currentKey = last[^1];
                    throw Fail($"expected a comma or an inline table terminator '}}', but got {ShownOrEnd()} instead");
            }
        }
    }

    private GoMap Closed(GoMap table, string? outer)
    {
        if (outer is not null)
        {
            context.RemoveAt(context.Count - 1);
        }

        currentKey = outer;
        return table;
    }

    private string ShownOrEnd() => pos >= text.Length ? "end of file" : $"'{GoString.ToText(text.Substring(pos, Math.Min(Yaml.YamlText.Width(text[pos]), text.Length - pos)))}'";

    private bool Take(string expected)
    {
        var taken = string.CompareOrdinal(text, pos, expected, 0, expected.Length) == 0;
        pos += taken ? expected.Length : 0;
        return taken;
    }

    private string Basic()
    {
        var value = new StringBuilder();
        while (true)
        {
            switch (Peek())
            {
                case '\0' when pos >= text.Length:
                    throw Fail("unexpected EOF; expected '\"'");
                case '\n' or '\r':
                    throw Fail("strings cannot contain newlines");
                case '"':
                    pos++;
                    return value.ToString();
                case '\\':
                    Escape(value);
                    break;
                default:
                    CheckControl();
                    value.Append(text[pos++]);
                    break;
            }
        }
    }

    private string Literal()
    {
        var from = pos;
        while (Peek() != '\'')
        {
            if (pos >= text.Length)
            {
                throw Fail("unexpected EOF; expected \"'\"");
            }

            if (Peek() is '\n' or '\r')
            {
                throw Fail("strings cannot contain newlines");
            }

            CheckControl();
            pos++;
        }

        return text[from..pos++];
    }

    private string LongBasic()
    {
        var value = new StringBuilder();
        SkipFirstLine();
        while (true)
        {
            if (pos >= text.Length)
            {
                throw Fail("unexpected EOF; expected '\"\"\"'");
            }

            if (Peek() == '\\')
            {
                if (!SkipEscapedLine())
                {
                    Escape(value);
                }
            }
            else if (!CloseLong('"', value))
            {
                CheckControl();
                value.Append(text[pos++]);
            }
            else
            {
                return value.ToString();
            }
        }
    }

    private string LongLiteral()
    {
        var value = new StringBuilder();
        SkipFirstLine();
        while (!CloseLong('\'', value))
        {
            if (pos >= text.Length)
            {
                throw Fail("unexpected EOF; expected \"'''\"");
            }

            CheckControl();
            value.Append(text[pos++]);
        }

        return value.ToString();
    }

    private void SkipFirstLine()
    {
        if (!Take("\n"))
        {
            Take("\r\n");
        }
    }

    /// <summary>Three quotes end the text; one or two more belong to it.</summary>
    private bool CloseLong(char quote, StringBuilder value)
    {
        var count = 0;
        while (Peek(count) == quote)
        {
            count++;
        }

        if (count < 3)
        {
            return false;
        }

        if (count > 5)
        {
            throw Fail(quote == '"' ? "unexpected '\"\"\"\"\"\"'" : "unexpected \"''''''\"");
        }

        value.Append(quote, count - 3);
        pos += count;
        return true;
    }

    private bool SkipEscapedLine()
    {
        var at = pos + 1;
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        if (at >= text.Length || text[at] is not ('\n' or '\r'))
        {
            return false;
        }

        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }

        pos = at;
        return true;
    }

    private void Escape(StringBuilder value)
    {
        var from = pos++;
        var c = Peek();
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            value.Append(c switch
            {
                'b' => '\b',
                't' => '\t',
                'n' => '\n',
                'f' => '\f',
                'r' => '\r',
                'e' => '\u001b',
                '"' => '"',
                '\\' => '\\',
                _ => throw Fail($"invalid escape in string '\\{(pos < text.Length ? c.ToString() : "")}'"),
            });
            pos++;
            return;
        }

        pos++;
        var code = 0L;
        for (var i = 0; i < digits; i++, pos++)
        {
            if (!char.IsAsciiHexDigit(Peek()))
            {
                var words = digits switch { 2 => "two", 4 => "four", _ => "eight" };
                throw Fail($"expected {words} hexadecimal digits after '\\{c}', but got {GoSyntax.Quote(text[from..Math.Min(pos + 1, text.Length)])} instead");
            }

            code = (code << 4) | (uint)Convert.ToInt32(Peek().ToString(), 16);
        }

        value.Append(code < 0x110000 && Rune.IsValid((int)code)
            ? GoString.FromText(char.ConvertFromUtf32((int)code))
            : throw Fail($"escaped character '\\{c}{text[(pos - digits)..pos]}' is not valid UTF-8"));
    }
}
