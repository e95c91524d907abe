using NaaS.TmfRest.Queries.JsonPath;

namespace NaaS.TmfRest.Queries;

/// <summary>SQLite: over json_each. Text compares by its bytes, which for UTF-8 is by code points.</summary>
internal sealed class SqliteSearchSql : SearchSql
{
    protected override string HasText(string path, string text) => HasAny(path, TextIs("=", text));

    protected override string HasNumber(string path, decimal number) => HasAny(path, NumberIs("=", number, orText: false));

    protected override string HasAny(string path, string condition) =>
        $"EXISTS (SELECT 1 FROM json_each(r.\"Search\", {Parameter(JsonPath(path))}) AS v WHERE {condition})";

    protected override string TextIs(string sign, string text) => $"v.type = 'text' AND v.value {sign} {Parameter(text)}";

    protected override string NumberIs(string sign, decimal number, bool orText)
    {
        var value = (double)number;
        return orText
            ? $"CASE WHEN v.type IN ('integer', 'real') THEN v.value WHEN v.value REGEXP {Parameter(NumericText.Pattern)} THEN CAST(v.value AS REAL) END {sign} {Parameter(value)}"
            : $"v.type IN ('integer', 'real') AND v.value {sign} {Parameter(value)}";
    }

    protected override string TextIsLike(Pattern pattern) => $"v.type = 'text' AND v.value GLOB {Parameter(pattern.Glob)}";

    protected override string TextMatches(string expression) => $"v.type = 'text' AND v.value REGEXP {Parameter(expression)}";

    protected override string HasElement(ElementFilter filter) => new SqliteFilter(Parameter).Write(filter);

    protected override string OrderBy(SortKey key)
    {
        var path = Parameter($"{JsonPath(key.Attribute.Path)}[0]");
        var direction = key.Descending ? "DESC" : "ASC";
        return $"CASE WHEN json_type(r.\"Search\", {path}) IN ('integer', 'real') THEN json_extract(r.\"Search\", {path}) END {direction} NULLS LAST, "
            + $"CASE WHEN json_type(r.\"Search\", {path}) = 'text' THEN json_extract(r.\"Search\", {path}) END {direction} NULLS LAST";
    }

    private static string JsonPath(string path) => $"$.\"{path}\"";
}
