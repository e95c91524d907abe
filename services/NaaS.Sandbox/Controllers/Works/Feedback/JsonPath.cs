using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Controllers.Works.Feedback;

/// <summary>
/// A path as client-go's jsonpath reads it with AllowMissingKeys: fields (dots escaped with a backslash), <c>['key']</c>,
/// indexes, <c>[*]</c>, <c>..name</c> and filters such as <c>[?(@.type=="Available")]</c>.
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<IEnumerable<JsonNode?>, IEnumerable<JsonNode?>>> _steps = [];

    private JsonPath()
    {
    }

    /// <exception cref="JsonPathException">The text is no path of this kind.</exception>
    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        var at = 0;
        if (text.Length == 0 || text[0] is not ('.' or '['))
        {
            throw new JsonPathException($"unrecognized character in action: U+{(text.Length == 0 ? 0 : text[0]):X4}");
        }

        while (at < text.Length)
        {
            at = text[at] switch
            {
                '.' => path.Field(text, at + 1),
                '[' => path.Bracket(text, at),
                var other => throw new JsonPathException($"unrecognized character in action: U+{(int)other:X4} '{other}'"),
            };
        }

        return path;
    }

    /// <summary>What the path finds, in document order; nothing where a key is missing.</summary>
    public IEnumerable<JsonNode?> Find(JsonNode? root)
    {
        IEnumerable<JsonNode?> found = [root];
        foreach (var step in _steps)
        {
            found = step(found);
        }

        return found;
    }

    private int Field(string text, int at)
    {
        var recursive = at < text.Length && text[at] == '.';
        if (recursive)
        {
            at++;
        }

        var name = new StringBuilder();
        while (at < text.Length && text[at] is not ('.' or '['))
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            name.Append(text[at++]);
        }

        var key = name.ToString();
        if (recursive)
        {
            _steps.Add(nodes => nodes.SelectMany(Descendants));
        }

        if (key == "*")
        {
            _steps.Add(nodes => nodes.SelectMany(Children));
        }
        else if (key.Length > 0)
        {
            _steps.Add(nodes => Select(nodes, key));
        }

        return at;
    }

    private int Bracket(string text, int at)
    {
        var end = Close(text, at);
        var inside = text[(at + 1)..end].Trim();
        if (inside == "*")
        {
            _steps.Add(nodes => nodes.SelectMany(Children));
        }
        else if (inside.StartsWith("?(", StringComparison.Ordinal) && inside.EndsWith(')'))
        {
            _steps.Add(Filter(inside[2..^1]));
        }
        else if (int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            _steps.Add(nodes => nodes.OfType<JsonArray>()
                .Select(list => (List: list, Index: index < 0 ? list.Count + index : index))
                .Select(pair => pair.Index >= 0 && pair.Index < pair.List.Count
                    ? pair.List[pair.Index]
                    : throw new JsonPathException($"array index out of bounds: index {pair.Index}, length {pair.List.Count}")));
        }
        else if (inside.Length > 1 && inside[0] is '\'' or '"' && inside[^1] == inside[0])
        {
            _steps.Add(nodes => Select(nodes, inside[1..^1]));
        }
        else
        {
            throw new JsonPathException($"invalid array index {inside}");
        }

        return end + 1;
    }

    private static int Close(string text, int at)
    {
        var depth = 0;
        char? quote = null;
        for (var i = at; i < text.Length; i++)
        {
            var c = text[i];
            if (quote is not null)
            {
                quote = c == quote ? null : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == '[')
            {
                depth++;
            }
            else if (c == ']' && --depth == 0)
            {
                return i;
            }
        }

        throw new JsonPathException("unterminated array");
    }

    private static Func<IEnumerable<JsonNode?>, IEnumerable<JsonNode?>> Filter(string condition)
    {
        var (left, sign, right) = Split(condition);
        var of = left.StartsWith('@') ? Parse(left.Length == 1 ? ".*" : left[1..]) : throw new JsonPathException($"unrecognized filter {condition}");
        if (sign.Length == 0)
        {
            return nodes => nodes.OfType<JsonArray>().SelectMany(list => list).Where(item => of.Find(item).Any());
        }

        var wanted = Literal(right);
        return nodes => nodes.OfType<JsonArray>().SelectMany(list => list)
            .Where(item => of.Find(item).FirstOrDefault() is { } value && Holds(value, sign, wanted));
    }

    private static (string Left, string Sign, string Right) Split(string condition)
    {
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            var at = condition.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                return (condition[..at].Trim(), sign, condition[(at + sign.Length)..].Trim());
            }
        }

        return (condition.Trim(), "", "");
    }

    private static JsonValue Literal(string text)
    {
        if (text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return JsonValue.Create(text[1..^1]);
        }

        return text switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => throw new JsonPathException($"unrecognized character in action: U+{(text.Length == 0 ? 0 : text[0]):X4}"),
        };
    }

    private static bool Holds(JsonNode value, string sign, JsonNode wanted)
    {
        var kind = value.GetValueKind();
        if (kind != wanted.GetValueKind())
        {
            return sign == "!=";
        }

        var order = kind == System.Text.Json.JsonValueKind.Number
            ? Cel.CelValues.Compare(Cel.CelValues.Of(value), Cel.CelValues.Of(wanted))
            : string.CompareOrdinal(value.ToString(), wanted.ToString());
        return sign switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<=" => order <= 0,
            ">=" => order >= 0,
            "<" => order < 0,
            _ => order > 0,
        };
    }

    private static IEnumerable<JsonNode?> Select(IEnumerable<JsonNode?> nodes, string key) =>
        nodes.OfType<JsonObject>().Where(map => map.ContainsKey(key)).Select(map => map[key]);

    private static IEnumerable<JsonNode?> Children(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject map => map.Select(pair => pair.Value),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Descendants(JsonNode? node) => Children(node).SelectMany(Descendants).Prepend(node);
}

/// <summary>A path that cannot be read or followed.</summary>
internal sealed class JsonPathException(string message) : Exception(message);
