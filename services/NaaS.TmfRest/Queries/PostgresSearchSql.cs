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

    protected override string HasElement(ElementFilter filter) =>
        $"jsonb_path_exists(r.\"Document\"::jsonb, {Parameter(PostgresFilter.Write(filter))}::jsonpath)";

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
