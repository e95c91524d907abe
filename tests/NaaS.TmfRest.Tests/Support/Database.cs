using Npgsql;

namespace NaaS.TmfRest.Tests.Support;

/// <summary>A database of a test's own: an SQLite file, or a database on the private PostgreSQL that tests/run.sh starts.</summary>
internal sealed class Database : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private readonly string name = $"naas_{Guid.NewGuid():N}";
    private readonly string? postgres;

    private Database(string? postgres) => this.postgres = postgres;

    public string ConnectionString => postgres is null ? $"Data Source={File}" : $"{postgres};Database={name}";

    private string File => Path.Combine(Path.GetTempPath(), $"{name}.db");

    public static Database Create(string kind)
    {
        if (kind == Sqlite)
        {
            return new Database(null);
        }

        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        Assert.SkipWhen(postgres is null, "NAAS_POSTGRES is not set; tests/run.sh sets it");
        return new Database(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(Path.GetTempPath(), $"{name}.db*"))
            {
                System.IO.File.Delete(file);
            }

            return;
        }

        await using var source = NpgsqlDataSource.Create(postgres);
        await using var command = source.CreateCommand($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""");
        await command.ExecuteNonQueryAsync();
    }
}
