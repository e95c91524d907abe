using System.Text.RegularExpressions;

namespace NaaS.TmfRest.Queries.JsonPath;

/// <summary>Writes a filter over SQLite's json_tree: elements and their values are found by their full key.</summary>
internal sealed class SqliteFilter(Func<object, string> parameter)
{
    private int depth;

    public string Write(ElementFilter filter)
    {
        if (filter.Target.Count == 0)
        {
            return Write(filter.Condition, "json_set(r.\"Document\", '$.id', r.\"Id\")");
        }

        var key = $"^\\${Keys(filter.Target)}$";
        return $"EXISTS (SELECT 1 FROM json_tree(r.\"Document\") AS e WHERE e.type = 'object' AND e.fullkey REGEXP {parameter(key)} AND {Write(filter.Condition, "e.value")})";
    }

    private string Write(ElementCondition condition, string element) => condition switch
    {
        ElementCondition.And both => $"({Write(both.Left, element)} AND {Write(both.Right, element)})",
        ElementCondition.Or either => $"({Write(either.Left, element)} OR {Write(either.Right, element)})",
        ElementCondition.Not not => $"NOT ({Write(not.Inner, element)})",
        ElementCondition.Exists exists => Any(exists.Path, element, _ => "1"),
        ElementCondition.Compares compares => Any(compares.Path, element, value => Write(compares, value)),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is no condition."),
    };

    private string Any(IReadOnlyList<string> path, string element, Func<string, string> condition)
    {
        var tree = $"t{depth++}";
        var key = $"^\\${Keys(path)}$";
        return $"EXISTS (SELECT 1 FROM json_tree({element}) AS {tree} WHERE {tree}.fullkey REGEXP {parameter(key)} AND {condition(tree)})";
    }

    private string Write(ElementCondition.Compares compares, string value)
    {
        var number = Literal.Of(compares.Value).Number;
        var isText = $"{value}.type = 'text' AND {value}.value";
        if (compares.Operator == Operator.Regex)
        {
            return $"{isText} REGEXP {parameter(compares.Value)}";
        }

        if (compares.Operator == Operator.Equal)
        {
            var equal = $"{isText} = {parameter(compares.Value)}";
            return number is not null ? $"({equal} OR {value}.type IN ('integer', 'real') AND {value}.value = {parameter((double)number)})"
                : compares.Value is "true" or "false" ? $"({equal} OR {value}.type = {parameter(compares.Value)})"
                : equal;
        }

        var sign = compares.Operator switch { Operator.Greater => ">", Operator.GreaterOrEqual => ">=", Operator.Less => "<", _ => "<=" };
        return number is null
            ? $"{isText} {sign} {parameter(compares.Value)}"
            : $"coalesce(CASE WHEN {value}.type IN ('integer', 'real') THEN {value}.value WHEN {value}.type = 'text' AND {value}.value REGEXP {parameter(NumericText.Pattern)} "
                + $"THEN CAST({value}.value AS REAL) END {sign} {parameter((double)number)}, 0)";
    }

    // Names with signs are quoted in full keys; arrays on the way have an index.
    private static string Keys(IEnumerable<string> path) => string.Concat(path.Select(name => $"\\.\"?{Regex.Escape(name)}\"?(\\[[0-9]+\\])?"));
}
