using Npgsql;

namespace NaaS.Benchmarks.Tmf;

/// <summary>Npgsql alone: one prepared statement for each operation, rows read and thrown away.</summary>
internal sealed class BareProgram : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private BareProgram(NpgsqlDataSource source, IReadOnlyList<string> ids) => (this.source, Ids) = (source, ids);

    /// <summary>Ids of stored orders.</summary>
    public IReadOnlyList<string> Ids { get; }

    public static async Task<BareProgram> StartAsync(string connection, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1, NoResetOnClose = true });
        await using (var template = source.CreateCommand(Statements.Template))
        {
            await template.ExecuteNonQueryAsync(cancellationToken);
        }

        List<string> ids = [];
        await using var command = source.CreateCommand(Statements.Ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetString(0));
        }

        return new(source, ids);
    }

    /// <summary>Does the operation once; gives the documents that it read.</summary>
    public async Task<IReadOnlyList<string>> DoAsync(Operation operation, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(operation switch
        {
            Operation.Get => Statements.Get,
            Operation.List => Statements.List,
            _ => Statements.Post,
        });
        if (operation == Operation.Post)
        {
            command.Parameters.Add(new() { Value = $"{Guid.CreateVersion7()}" });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return [];
        }

        if (operation == Operation.Get)
        {
            command.Parameters.Add(new() { Value = Ids[Random.Shared.Next(Ids.Count)] });
        }

        List<string> documents = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add(reader.GetString(2));
        }

        return documents;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
