using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Queries.JsonPath;

namespace NaaS.TmfRest.Queries;

/// <summary>Reads TMF630 queries: filters with their operators in every documented spelling, sort, paging and fields.</summary>
internal static class QueryParser
{
    private const int MostConditions = 50;

    private static readonly (string Suffix, Operator Operator)[] Suffixes =
    [
        (".gte", Operator.GreaterOrEqual), (".gt", Operator.Greater), (".lte", Operator.LessOrEqual), (".lt", Operator.Less),
        (".eq", Operator.Equal), (".ne", Operator.NotEqual), (".regex", Operator.Regex),
    ];

    // Written out, an operator ends up in the name: `a>=5` is a parameter `a>` with value `5`, `a>5` a name without value.
    private static readonly (string Sign, Operator Before, Operator Within)[] Signs =
    [
        (">", Operator.GreaterOrEqual, Operator.Greater), ("<", Operator.LessOrEqual, Operator.Less), ("!", Operator.NotEqual, Operator.NotEqual),
        ("*", Operator.Regex, Operator.Regex),
    ];

    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "depth", "expand" };

    public static ResourceQuery Parse(Type model, string query) => Parse(model, QueryHelpers.ParseQuery(query));

    public static ResourceQuery Parse(Type model, IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var conditions = new List<Condition>();
        var filters = new List<ElementFilter>();
        var sort = new List<SortKey>();
        var offset = 0;
        int? limit = null;
        var fields = FieldSelection.All;
        foreach (var (name, values) in parameters)
        {
            switch (name)
            {
                case "fields":
                    fields = FieldSelection.Parse(values);
                    break;
                case "sort":
                    sort.AddRange(values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(key => Sort(model, key)));
                    break;
                case "offset":
                    offset = Count(name, values);
                    break;
                case "limit":
                    limit = Count(name, values);
                    break;
                case "filter":
                    filters.AddRange(values.Select(value => FilterParser.Parse(model, value ?? "")));
                    break;
                default:
                    if (!Ignored.Contains(name))
                    {
                        conditions.Add(Condition(model, name, values));
                    }

                    break;
            }
        }

        return conditions.Count <= MostConditions
            ? new ResourceQuery(conditions, filters, sort, offset, limit, fields)
            : throw new InvalidQueryException($"at most {MostConditions} conditions are taken");
    }

    public static Condition Condition(Type model, string name, StringValues values)
    {
        var (attributeName, comparison, inName) = Split(model, name, values);
        var attribute = AttributePath.Find(model, attributeName) ?? throw new InvalidQueryException($"{attributeName} is not an attribute of {model.Name}");
        var raw = inName is null ? values.Select(value => value ?? "") : [inName];
        if (attribute.Path == "href")
        {
            // Addresses are written when a resource is sent, not stored: its own is told by the id at its end.
            attribute = AttributePath.Find(model, "id")!;
            raw = raw.Select(address => Uri.UnescapeDataString(address[(address.LastIndexOf('/') + 1)..]));
        }

        var patterns = raw.SelectMany(value => ValueList.Split(value, attributeName, comparison)).Select(pattern => Spell(attribute, pattern)).ToList();
        if (attribute.Kind == AttributeKind.Number && patterns.Find(pattern => pattern.Literal.Number is null) is { } wrong)
        {
            throw new InvalidQueryException($"{attributeName}: '{wrong.Raw}' is not a number");
        }

        if (comparison == Operator.Regex)
        {
            patterns.ForEach(pattern => CommonRegex.Check(attributeName, pattern.Raw));
        }

        return new Condition(attribute, comparison, patterns);
    }

    private static (string Name, Operator Operator, string? InName) Split(Type model, string name, StringValues values)
    {
        if (values.Count == 1 && values[0] is ['=' or '~', ..] signed && AttributePath.Find(model, name) is not null)
        {
            // `a==5` and `a=~expression`.
            return (name, signed[0] == '=' ? Operator.Equal : Operator.Regex, signed[1..]);
        }

        foreach (var (suffix, comparison) in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal) && AttributePath.Find(model, name[..^suffix.Length]) is { IsObject: false })
            {
                return (name[..^suffix.Length], comparison, null);
            }
        }

        foreach (var (sign, before, within) in Signs)
        {
            var at = name.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                // Encoded whole, `a%3E%3D5` is the name `a>=5` without value.
                var value = name[(at + 1)..];
                return value.Length == 0 ? (name[..at], before, null) : value[0] == '=' ? (name[..at], before, value[1..]) : (name[..at], within, value);
            }
        }

        var equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && equals + 1 < name.Length && name[equals + 1] is '=' or '~')
        {
            return (name[..equals], name[equals + 1] == '=' ? Operator.Equal : Operator.Regex, name[(equals + 2)..]);
        }

        return (name, Operator.Equal, null);
    }

    private static Pattern Spell(AttributePath attribute, Pattern pattern) =>
        attribute.Spellings is not null && attribute.Spellings.TryGetValue(pattern.Raw, out var official) ? new Pattern(official, pattern.Quoted) : pattern;

    private static SortKey Sort(Type model, string key)
    {
        var name = key.TrimStart('-', '+', ' ');
        var attribute = AttributePath.Find(model, name) ?? throw new InvalidQueryException($"sort: {name} is not an attribute of {model.Name}");
        return new SortKey(attribute, key.StartsWith('-'));
    }

    private static int Count(string name, StringValues values) =>
        int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new InvalidQueryException($"{name} must be 0 or more");
}
