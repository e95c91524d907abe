using System.Text.Json.Nodes;
using NaaS.Tmf.Json;
using NaaS.TmfRest.Queries.JsonPath;

namespace NaaS.TmfRest.Queries;

/// <summary>PostgreSQL: equality by containment, which the GIN index answers; the rest over the elements. Text compares by code points.</summary>
internal sealed class PostgresSearchSql : SearchSql
{
    private const string Text = "(v.value #>> '{{}}')";

    protected override string HasText(string path, string text) => Contains(path, JsonValue.Create(text));

    protected override string HasNumber(string path, decimal number) => Contains(path, JsonValue.Create(number));

    protected override string HasAny(string path, string condition) =>
        $"EXISTS (SELECT 1 FROM jsonb_array_elements(r.\"Search\" -> {Parameter(path)}) AS v(value) WHERE {condition})";

    protected override string TextIs(string sign, string text) =>
        $"jsonb_typeof(v.value) = 'string' AND {Text} COLLATE \"C\" {sign} {Parameter(text)}";

    protected override string NumberIs(string sign, decimal number, bool orText)
    {
        var numeric = orText
            ? $"jsonb_typeof(v.value) = 'number' OR {Text} ~ {Parameter(NumericText.Pattern)}"
            : "jsonb_typeof(v.value) = 'number'";
        return $"CASE WHEN {numeric} THEN {Text}::numeric END {sign} {Parameter(number)}";
    }

    protected override string TextIsLike(Pattern pattern) => $"jsonb_typeof(v.value) = 'string' AND {Text} LIKE {Parameter(pattern.Like)} ESCAPE '!'";

    protected override string TextMatches(string expression) => $"jsonb_typeof(v.value) = 'string' AND {Text} COLLATE \"C\" ~ {Parameter(expression)}";

    /// <remarks>What must hold in any case is looked up in the map first, by the index; only what is left is read whole.</remarks>
    protected override string HasElement(ElementFilter filter)
    {
        var document = filter.Target.Count == 0 ? "r.\"Document\"::jsonb || jsonb_build_object('id', r.\"Id\")" : "r.\"Document\"::jsonb";
        var exact = $"jsonb_path_exists({document}, {Parameter(PostgresFilter.Write(filter))}::jsonpath)";
        return string.Concat(Demanded(filter.Condition).Select(equal => $"{Has([.. filter.Target, .. equal.Path], equal.Value)} AND ")) + exact;
    }

    // A path is left to the exact condition where it runs through values, since the map has their contents under names of its own.
    private static IEnumerable<ElementCondition.Compares> Demanded(ElementCondition condition) => condition switch
    {
        ElementCondition.And both => Demanded(both.Left).Concat(Demanded(both.Right)),
        ElementCondition.Compares { Operator: Operator.Equal, Value.Length: <= SearchMap.LongestText } equal => [equal],
        _ => [],
    };

    private string Has(IEnumerable<string> path, string value)
    {
        var name = string.Join('.', path);
        var literal = Literal.Of(value);
        return literal.Number is { } number ? $"({HasText(name, literal.Text)} OR {HasNumber(name, number)})" : HasText(name, literal.Text);
    }

    protected override string OrderBy(SortKey key)
    {
        var first = $"(r.\"Search\" -> {Parameter(key.Attribute.Path)} -> 0)";
        var direction = key.Descending ? "DESC" : "ASC";
        return $"CASE WHEN jsonb_typeof({first}) = 'number' THEN ({first} #>> '{{{{}}}}')::numeric END {direction} NULLS LAST, "
            + $"CASE WHEN jsonb_typeof({first}) = 'string' THEN ({first} #>> '{{{{}}}}') END COLLATE \"C\" {direction} NULLS LAST";
    }

    private string Contains(string path, JsonValue value) =>
        $"r.\"Search\" @> {Parameter(new JsonObject { [path] = new JsonArray(value) }.ToJsonString(TmfJson.Options))}::jsonb";
}
