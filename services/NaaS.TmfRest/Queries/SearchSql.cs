using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NaaS.TmfRest.Queries.JsonPath;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Queries;

/// <summary>Writes a query as SQL over the stored <see cref="SearchMap"/>s. Values and paths are always parameters.</summary>
internal abstract class SearchSql
{
    private const string AllColumns = "r.\"Type\", r.\"Id\", r.\"Version\", r.\"Document\", r.\"Search\", r.\"ChangedAt\"";
    private readonly List<object> parameters = [];

    /// <summary>Parameters in order.</summary>
    public object[] Parameters => [.. parameters];

    /// <summary>The writer for a database.</summary>
    public static SearchSql For(TmfDb db) => db.Database.IsNpgsql() ? new PostgresSearchSql() : new SqliteSearchSql();

    /// <summary>Selects rows, ordered, a page of them. Columns by name: a prepared statement then outlives a migration that adds some.</summary>
    public string Select(string type, ResourceQuery query, string columns = AllColumns)
    {
        var sql = new StringBuilder($"SELECT {columns} FROM resources AS r ").Append(Where(type, query)).Append(" ORDER BY ");
        foreach (var key in query.Sort)
        {
            sql.Append(OrderBy(key)).Append(", ");
        }

        sql.Append("r.\"Id\"");
        if (query.Limit is not null || query.Offset > 0)
        {
            sql.Append(CultureInfo.InvariantCulture, $" LIMIT {Parameter((long)(query.Limit ?? int.MaxValue))} OFFSET {Parameter((long)query.Offset)}");
        }

        return sql.ToString();
    }

    /// <summary>Counts rows.</summary>
    public string Count(string type, ResourceQuery query) => $"SELECT CAST(count(*) AS integer) AS \"Value\" FROM resources AS r {Where(type, query)}";

    /// <summary>Whether a value at the path equals the text.</summary>
    protected abstract string HasText(string path, string text);

    /// <summary>Whether a value at the path equals the number.</summary>
    protected abstract string HasNumber(string path, decimal number);

    /// <summary>Whether a value at the path meets the condition on <c>v</c>.</summary>
    protected abstract string HasAny(string path, string condition);

    /// <summary>Condition: <c>v</c> is text and compares so.</summary>
    protected abstract string TextIs(string sign, string text);

    /// <summary>Condition: <c>v</c> is a number, or also a text that reads as one, and compares so.</summary>
    protected abstract string NumberIs(string sign, decimal number, bool orText);

    /// <summary>Condition: <c>v</c> is text with these wildcards.</summary>
    protected abstract string TextIsLike(Pattern pattern);

    /// <summary>Condition: <c>v</c> is text that the expression matches.</summary>
    protected abstract string TextMatches(string expression);

    /// <summary>Whether one element of the document meets the filter.</summary>
    protected abstract string HasElement(ElementFilter filter);

    /// <summary>Sort terms: numbers before text, absent last.</summary>
    protected abstract string OrderBy(SortKey key);

    /// <summary>Adds a parameter and gives its place holder.</summary>
    protected string Parameter(object value)
    {
        parameters.Add(value);
        return $"{{{parameters.Count - 1}}}";
    }

    private string Where(string type, ResourceQuery query)
    {
        var sql = new StringBuilder("WHERE r.\"Type\" = ").Append(Parameter(type));
        foreach (var condition in query.Conditions)
        {
            sql.Append(condition.Operator == Operator.NotEqual ? " AND NOT (" : " AND (")
                .AppendJoin(" OR ", condition.Values.Select(pattern => Holds(condition, pattern)))
                .Append(')');
        }

        foreach (var filter in query.Filters)
        {
            sql.Append(" AND ").Append(HasElement(filter));
        }

        return sql.ToString();
    }

    private string Holds(Condition condition, Pattern pattern)
    {
        var path = condition.Attribute.Path;
        return condition.Operator switch
        {
            Operator.Equal or Operator.NotEqual => Equal(condition.Attribute, pattern),
            Operator.Regex => HasAny(path, TextMatches(pattern.Raw)),
            _ => HasAny(path, Compares(condition, pattern.Literal)),
        };
    }

    private string Equal(AttributePath attribute, Pattern pattern)
    {
        if (pattern.HasWildcards)
        {
            return HasAny(attribute.Path, TextIsLike(pattern));
        }

        var literal = pattern.Literal;
        var alternatives = new List<string>();
        if (attribute.Kind != AttributeKind.Number)
        {
            alternatives.Add(HasText(attribute.Path, literal.Text));
        }

        if (attribute.Kind != AttributeKind.Text && literal.Number is { } number)
        {
            alternatives.Add(HasNumber(attribute.Path, number));
        }

        if (attribute.Kind != AttributeKind.Number && literal.DayEnd is { } end)
        {
            alternatives.Add(HasAny(attribute.Path, $"{TextIs(">=", literal.DayStart)} AND {TextIs("<", end)}"));
        }

        return $"({string.Join(" OR ", alternatives)})";
    }

    private string Compares(Condition condition, Literal literal)
    {
        var kind = condition.Attribute.Kind;
        var sign = condition.Operator switch
        {
            Operator.Greater => ">",
            Operator.GreaterOrEqual => ">=",
            Operator.Less => "<",
            _ => "<=",
        };
        if (kind != AttributeKind.Text && literal.Number is { } number)
        {
            return NumberIs(sign, number, orText: kind == AttributeKind.Any);
        }

        // A day compares as a whole: after it means from the next day on, up to it includes it.
        return (condition.Operator, literal.DayEnd) switch
        {
            (Operator.Greater, { } end) => TextIs(">=", end),
            (Operator.LessOrEqual, { } end) => TextIs("<", end),
            _ => TextIs(sign, literal.DayStart),
        };
    }
}
