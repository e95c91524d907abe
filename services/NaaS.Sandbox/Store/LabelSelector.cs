using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Store;

/// <summary>A label selector, parsed from a query (<c>a=b,c in (d,e),!f</c>) or from a LabelSelector object.</summary>
internal sealed class LabelSelector
{
    /// <summary>Matches everything.</summary>
    public static readonly LabelSelector Everything = new([]);

    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    /// <summary>Whether it matches whatever there is.</summary>
    public bool MatchesAll => _requirements.Count == 0;

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var requirement in _requirements)
        {
            if (!requirement.Holds(labels))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Parses kubectl's notation; a malformed text is a 400.</summary>
    public static LabelSelector Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Everything;
        }
        return new LabelSelector([.. Split(text).Select(part => ParseOne(part.Trim(), text))]);
    }

    /// <summary>From <c>matchLabels</c> and <c>matchExpressions</c>; null selects nothing, an empty object everything.</summary>
    public static LabelSelector? From(JsonObject? selector)
    {
        if (selector is null)
        {
            return null;
        }
        var requirements = new List<Requirement>();
        foreach (var (key, value) in selector.Obj("matchLabels") ?? [])
        {
            requirements.Add(new Requirement(key, "in", [value.Str() ?? ""]));
        }
        foreach (var expression in selector.Arr("matchExpressions") ?? [])
        {
            var values = (expression.Arr("values") ?? []).Select(v => v.Str() ?? "").ToArray();
            var how = expression.Str("operator") switch
            {
                "In" => "in",
                "NotIn" => "notin",
                "Exists" => "exists",
                "DoesNotExist" => "!",
                var other => throw ApiErrors.BadRequest($"\"{other}\" is not a valid label selector operator"),
            };
            requirements.Add(new Requirement(expression.Str("key") ?? "", how, values));
        }
        return new LabelSelector(requirements);
    }

    /// <summary>From a plain map of labels, as Services carry it.</summary>
    public static LabelSelector FromLabels(JsonObject? labels) =>
        new([.. (labels ?? []).Select(l => new Requirement(l.Key, "in", [l.Value.Str() ?? ""]))]);

    /// <summary>The query notation.</summary>
    public override string ToString() => string.Join(",", _requirements.Select(r => r.ToString()));

    private static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }
        yield return text[start..];
    }

    private static Requirement ParseOne(string part, string whole)
    {
        if (part.StartsWith('!'))
        {
            return new Requirement(part[1..].Trim(), "!", []);
        }
        var open = part.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && part.EndsWith(')'))
        {
            var head = part[..open].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var values = part[(open + 1)..^1].Split(',').Select(v => v.Trim()).ToArray();
            if (head is [var key, "in" or "notin"])
            {
                return new Requirement(key, head[1], values);
            }
            throw Unparsable(whole, part);
        }
        foreach (var sign in (ReadOnlySpan<string>)["!=", "==", "="])
        {
            var at = part.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                return new Requirement(part[..at].Trim(), sign == "!=" ? "notin" : "in", [part[(at + sign.Length)..].Trim()]);
            }
        }
        return part.Length > 0 && !part.Contains(' ', StringComparison.Ordinal) && !part.Contains('(', StringComparison.Ordinal) && part[0] != '='
            ? new Requirement(part, "exists", [])
            : throw Unparsable(whole, part);
    }

    private static ApiStatusException Unparsable(string whole, string part) =>
        ApiErrors.BadRequest($"unable to parse requirement: found '{part}' in selector \"{whole}\"");

    private sealed record Requirement(string Key, string How, string[] Values)
    {
        public bool Holds(IReadOnlyDictionary<string, string> labels)
        {
            var there = labels.TryGetValue(Key, out var value);
            return How switch
            {
                "in" => there && Values.Contains(value),
                "notin" => !there || !Values.Contains(value),
                "exists" => there,
                _ => !there,
            };
        }

        public override string ToString() => How switch
        {
            "in" when Values.Length == 1 => $"{Key}={Values[0]}",
            "notin" when Values.Length == 1 => $"{Key}!={Values[0]}",
            "in" or "notin" => $"{Key} {How} ({string.Join(",", Values)})",
            "exists" => Key,
            _ => $"!{Key}",
        };
    }
}
