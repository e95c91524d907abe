using System.Globalization;
using System.Text;
using NaaS.Helm.Go;
using NaaS.Helm.Json;

namespace NaaS.Helm.Values;

/// <summary>
/// Lays <c>--set</c> arguments over values, as Helm's pkg/strvals: <c>a.b=1,c[0].d=x,l={p,q}</c>, <c>\</c> escapes the next character.
/// Texts are byte strings.
/// </summary>
internal sealed class StringValues
{
    private const int MaxIndex = 65536;
    private const int MaxNesting = 30;
    private const int MaxFilled = 1_000_000;
    private readonly string text;
    private readonly Func<string, object?> convert;
    private readonly bool json;
    private bool whole;
    private int pos;
    private int filled;

    private StringValues(string text, Func<string, object?> convert, bool json)
    {
        this.text = text;
        this.convert = convert;
        this.json = json;
    }

    /// <summary><c>--set</c>: whole numbers, booleans and null are recognised.</summary>
    public static void SetTyped(GoMap values, string argument) => new StringValues(argument, Typed, json: false).Parse(values);

    /// <summary><c>--set-string</c>: every value is text.</summary>
    public static void SetText(GoMap values, string argument) => new StringValues(argument, text => text, json: false).Parse(values);

    /// <summary><c>--set-json</c> of the form <c>key=json,key=json</c>.</summary>
    public static void SetJson(GoMap values, string argument) => new StringValues(argument, text => text, json: true).Parse(values);

    /// <summary><c>--set-literal</c>: all after the first <c>=</c> is the value, escapes and commas included.</summary>
    public static void SetLiteral(GoMap values, string argument)
    {
        var equals = EndOfPath(argument);
        if (equals < 0)
        {
            throw new HelmException($"key \"{GoString.ToText(argument)}\" has no value");
        }

        SetAt(values, argument[..equals], argument[(equals + 1)..]);
    }

    /// <summary>Sets one value at a path such as <c>a.b[0]</c>.</summary>
    public static void SetAt(GoMap values, string path, object? value)
    {
        if (EndOfPath(path) >= 0)
        {
            throw new HelmException($"key \"{GoString.ToText(path)}\" has an unescaped \"=\"");
        }

        var parser = new StringValues(path + "=", _ => value, json: false) { whole = true };
        parser.Parse(values);
    }

    /// <summary>Splits <c>path=value,path=value</c>; paths keep their escapes, values lose them.</summary>
    public static IEnumerable<(string Path, string Value)> SplitPairs(string argument)
    {
        for (var pos = 0; pos < argument.Length;)
        {
            var equals = EndOfPath(argument[pos..]);
            if (equals < 0)
            {
                throw new HelmException($"failed parsing --set-file data: key \"{argument[pos..]}\" has no value");
            }

            var rest = new StringValues(argument, text => text, json: false) { pos = pos + equals + 1 };
            var value = rest.Until(",", out _);
            yield return (argument.Substring(pos, equals), value);
            pos = rest.pos;
        }
    }

    /// <summary>What <c>--set</c> makes of a value's text.</summary>
    public static object? Typed(string value)
    {
        if (value.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (value.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (value.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (value == "0")
        {
            return 0L;
        }

        return value.Length > 0 && value[0] != '0' && IsInteger(value)
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : value;
    }

    private static bool IsInteger(string value) => value.AsSpan(value[0] is '+' or '-' ? 1 : 0) is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    private static int EndOfPath(string argument)
    {
        for (var i = 0; i < argument.Length; i++)
        {
            if (argument[i] == '\\')
            {
                i++;
            }
            else if (argument[i] == '=')
            {
                return i;
            }
        }

        return -1;
    }

    private void Parse(GoMap values)
    {
        // The end of the text is met only at the start of a key; what is half a key is an error.
        while (pos < text.Length)
        {
            if (!Key(values, 0))
            {
                return;
            }
        }
    }

    /// <summary>Reads <c>key...=value</c> into a map; false where the text ended with it.</summary>
    private bool Key(GoMap map, int nesting)
    {
        var key = Until("=[,.", out var stop);
        switch (stop)
        {
            case '\0' when key.Length == 0:
                return false;
            case '\0':
                throw new HelmException($"key \"{GoString.ToText(key)}\" has no value");
            case ',':
                throw new HelmException($"key \"{GoString.ToText(key)}\" has no value (cannot end with ,)");
            case '[':
                return ListKey(map, key, nesting);
            case '.':
                return MapKey(map, key, nesting);
        }

        var more = Value(out var value);
        Set(map, key, value);
        return more;
    }

    private bool MapKey(GoMap map, string key, int nesting)
    {
        if (nesting + 1 > MaxNesting)
        {
            throw new HelmException($"value name nested level is greater than maximum supported nested level of {MaxNesting}");
        }

        GoMap inner = [];
        if (map.TryGetValue(key, out var present))
        {
            inner = present as GoMap ?? throw NotA("map[string]interface {}", present);
        }

        var more = Key(inner, nesting + 1);
        if (more && inner.Count == 0)
        {
            throw new HelmException($"key map \"{GoString.ToText(key)}\" has no value");
        }

        if (inner.Count > 0)
        {
            Set(map, key, inner);
        }

        return more;
    }

    private bool ListKey(GoMap map, string key, int nesting)
    {
        if (Index() is not { } index)
        {
            return false;
        }

        var list = new GoList();
        if (map.TryGetValue(key, out var present))
        {
            list = present as GoList ?? throw NotA("[]interface {}", present);
        }

        var copy = new GoList();
        copy.AddRange(list);
        var more = Item(copy, index, nesting);
        Set(map, key, copy);
        return more;
    }

    private bool Item(GoList list, int index, int nesting)
    {
        if (index < 0)
        {
            throw new HelmException($"negative {index} index not allowed");
        }

        var extra = Until("[.=", out var stop);
        if (extra.Length > 0)
        {
            throw new HelmException($"unexpected data at end of array index: [{string.Join(' ', GoString.ToText(extra).EnumerateRunes().Select(rune => GoString.ToText(GoQuote.QuoteRune(rune.Value))))}]");
        }

        bool more;
        switch (stop)
        {
            case '=':
                more = Value(out var value);
                SetIndex(list, index, value);
                return more;
            case '[':
                if (Index() is not { } next)
                {
                    return false;
                }

                var nested = new GoList();
                if (index < list.Count && list[index] is { } existing)
                {
                    nested.AddRange(existing as GoList ?? throw NotA("[]interface {}", existing));
                }

                more = Item(nested, next, nesting);
                SetIndex(list, index, nested);
                return more;
            case '.':
                var inner = index < list.Count ? list[index] as GoMap ?? [] : [];
                more = Key(inner, nesting);
                SetIndex(list, index, inner);
                return more;
            default:
                return false;
        }
    }

    /// <summary>Reads a value; false where the text ended with it.</summary>
    private bool Value(out object? value)
    {
        if (whole)
        {
            value = convert("");
            return false;
        }

        if (json)
        {
            return JsonValue(out value);
        }

        if (pos >= text.Length)
        {
            value = "";
            return false;
        }

        if (text[pos] == '{')
        {
            pos++;
            value = List();
            return true;
        }

        value = convert(Until(",", out _));
        return true;
    }

    private GoList List()
    {
        var list = new GoList();
        while (true)
        {
            var item = Until(",}", out var stop);
            if (stop == '\0')
            {
                throw new HelmException("list must terminate with '}'");
            }

            list.Add(convert(item));
            if (stop == '}')
            {
                pos += pos < text.Length && text[pos] == ',' ? 1 : 0;
                return list;
            }
        }
    }

    private bool JsonValue(out object? value)
    {
        value = null;
        if (!SkipEmpty())
        {
            value = JsonReader.ReadPrefix(text, ref pos);
            SkipEmpty();
        }

        return true;
    }

    /// <summary>Skips blanks and a comma; true where nothing else came before the comma or the end.</summary>
    private bool SkipEmpty()
    {
        for (; pos < text.Length; pos++)
        {
            if (text[pos] == ',')
            {
                pos++;
                return true;
            }

            if (text[pos] is not (' ' or '\t' or '\n' or '\v' or '\f' or '\r'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads <c>0]</c>; null where the text ends before the bracket, which Helm takes as the argument's end.</summary>
    private int? Index()
    {
        var digits = Until("]", out var stop);
        if (stop == '\0')
        {
            return null;
        }

        return IsIndex(digits) && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new HelmException($"error parsing index: strconv.Atoi: parsing \"{GoString.ToText(digits)}\": invalid syntax");
    }

    private static bool IsIndex(string digits) => digits.Length > 0 && IsInteger(digits);

    private string Until(string stops, out char stop)
    {
        var read = new StringBuilder();
        while (pos < text.Length)
        {
            var c = text[pos++];
            if (stops.Contains(c))
            {
                stop = c;
                return read.ToString();
            }

            if (c == '\\')
            {
                if (pos >= text.Length)
                {
                    break;
                }

                c = text[pos++];
            }

            read.Append(c);
        }

        stop = '\0';
        return read.ToString();
    }

    private static void Set(GoMap map, string key, object? value)
    {
        if (key.Length > 0)
        {
            map[key] = value;
        }
    }

    private void SetIndex(GoList list, int index, object? value)
    {
        if (index > MaxIndex)
        {
            throw new HelmException($"index of {index} is greater than maximum supported index of {MaxIndex}");
        }

        // Lists inside lists, each with a high index, would take gigabytes for a line of text.
        filled += Math.Max(0, index + 1 - list.Count);
        if (filled > MaxFilled)
        {
            throw new HelmException($"the indexes of one argument fill more than {MaxFilled} places");
        }

        while (list.Count <= index)
        {
            list.Add(null);
        }

        list[index] = value;
    }

    private static HelmException NotA(string type, object? value)
    {
        var found = value switch
        {
            null => "nil",
            GoMap => GoMap.Any,
            GoList => GoList.Any,
            string => "string",
            bool => "bool",
            long => "int64",
            _ => "float64",
        };
        return new HelmException($"unable to parse key: interface conversion: interface {{}} is {found}, not {type}");
    }
}
