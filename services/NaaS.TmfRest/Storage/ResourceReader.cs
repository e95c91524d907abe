using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NaaS.TmfRest.Queries;

namespace NaaS.TmfRest.Storage;

/// <summary>Reads resources that are only shown: untracked, and without the map that they are searched by.</summary>
internal sealed class ResourceReader
{
    // Compiled once for each host, whose model is its own.
    private readonly Func<TmfDb, string, string, CancellationToken, Task<ResourceRow?>> one = EF.CompileAsyncQuery(
        (TmfDb db, string type, string id, CancellationToken cancellationToken) => db.Resources
            .Where(row => row.Type == type && row.Id == id)
            .Select(row => new ResourceRow { Type = row.Type, Id = row.Id, Version = row.Version, Document = row.Document, Search = "", ChangedAt = row.ChangedAt })
            .FirstOrDefault());

    /// <summary>The resource; null where there is none.</summary>
    public Task<ResourceRow?> FindAsync(TmfDb db, string type, string id, CancellationToken cancellationToken) => one(db, type, id, cancellationToken);

    /// <summary>The selected resources in order. Past EF Core, which would translate each query anew.</summary>
    public static async Task<List<ResourceRow>> ListAsync(TmfDb db, string type, ResourceQuery query, CancellationToken cancellationToken)
    {
        var sql = SearchSql.For(db);
        var select = sql.Select(type, query, "r.\"Id\", r.\"Version\", r.\"Document\", r.\"ChangedAt\"");
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            var names = new object[sql.Parameters.Length];
            foreach (var value in sql.Parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{command.Parameters.Count}";
                parameter.Value = value;
                names[command.Parameters.Count] = parameter.ParameterName;
                command.Parameters.Add(parameter);
            }

            command.CommandText = string.Format(CultureInfo.InvariantCulture, select, names);
            var rows = new List<ResourceRow>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new()
                {
                    Type = type,
                    Id = reader.GetString(0),
                    Version = reader.GetInt64(1),
                    Document = reader.GetString(2),
                    Search = "",
                    ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
                });
            }

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
