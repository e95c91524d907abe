using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using NaaS.TmfRest.Queries.JsonPath;
using NaaS.TmfRest.Storage;

namespace NaaS.TmfRest.Queries;

/// <summary>A query as TMF630 writes it, run in the database.</summary>
internal sealed record ResourceQuery(
    IReadOnlyList<Condition> Conditions, IReadOnlyList<ElementFilter> Filters, IReadOnlyList<SortKey> Sort, int Offset, int? Limit, FieldSelection Fields)
{
    /// <summary>Whether the client asked for a page.</summary>
    public bool IsPaged => Offset > 0 || Limit is not null;

    /// <summary>Reads a query string.</summary>
    /// <exception cref="Errors.InvalidQueryException">It names unknown attributes or has wrong values.</exception>
    public static ResourceQuery Parse(Type model, string query) => QueryParser.Parse(model, query);

    /// <inheritdoc cref="Parse(Type, string)"/>
    public static ResourceQuery Parse(Type model, IEnumerable<KeyValuePair<string, StringValues>> parameters) => QueryParser.Parse(model, parameters);

    /// <summary>The selected rows in order, tracked.</summary>
    public Task<List<ResourceRow>> SelectAsync(TmfDb db, string type, CancellationToken cancellationToken)
    {
        var sql = SearchSql.For(db);
        return db.Resources.FromSqlRaw(sql.Select(type, this), sql.Parameters).ToListAsync(cancellationToken);
    }

    /// <summary>How many there are on all pages.</summary>
    public async Task<int> CountAsync(TmfDb db, string type, CancellationToken cancellationToken)
    {
        var sql = SearchSql.For(db);
        return await db.Database.SqlQueryRaw<int>(sql.Count(type, this), sql.Parameters).SingleAsync(cancellationToken);
    }
}
