using System.Globalization;
using System.Text.Json;

namespace NaaS.TmfRest.Queries.JsonPath;

/// <summary>Writes a filter in PostgreSQL's own JSONPath, lax mode.</summary>
internal static class PostgresFilter
{
    public static string Write(ElementFilter filter) =>
        $"lax ${Names(filter.Target)}{(filter.Target.Count == 0 ? "" : "[*]")} ? ({Write(filter.Condition)})";

    private static string Write(ElementCondition condition) => condition switch
    {
        ElementCondition.And both => $"({Write(both.Left)} && {Write(both.Right)})",
        ElementCondition.Or either => $"({Write(either.Left)} || {Write(either.Right)})",
        // Values of different types do not compare: for a negation that counts as no.
        ElementCondition.Not not => $"(!({Write(not.Inner)}) || (({Write(not.Inner)}) is unknown))",
        ElementCondition.Exists exists => $"exists(@{Names(exists.Path)})",
        ElementCondition.Compares compares => Write(compares),
        _ => throw new InvalidOperationException($"{condition.GetType().Name} is no condition."),
    };

    private static string Write(ElementCondition.Compares compares)
    {
        var path = $"@{Names(compares.Path)}";
        var text = JsonSerializer.Serialize(compares.Value);
        var number = Literal.Of(compares.Value).Number?.ToString(CultureInfo.InvariantCulture);
        return compares.Operator switch
        {
            Operator.Regex => $"({path} like_regex {text})",
            Operator.Equal when number is not null => $"(({path} == {text}) || ({path} == {number}))",
            Operator.Equal when compares.Value is "true" or "false" => $"(({path} == {text}) || ({path} == {compares.Value}))",
            Operator.Equal => $"({path} == {text})",
            _ when number is not null => $"({path}.double() {Sign(compares.Operator)} {number})",
            _ => $"({path} {Sign(compares.Operator)} {text})",
        };
    }

    private static string Sign(Operator comparison) => comparison switch
    {
        Operator.Greater => ">",
        Operator.GreaterOrEqual => ">=",
        Operator.Less => "<",
        _ => "<=",
    };

    private static string Names(IEnumerable<string> path) => string.Concat(path.Select(name => $".{JsonSerializer.Serialize(name)}"));
}
