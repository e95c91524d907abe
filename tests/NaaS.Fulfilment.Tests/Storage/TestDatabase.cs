using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NaaS.Fulfilment.Storage;
using NaaS.Messaging.Storage;

namespace NaaS.Fulfilment.Tests.Storage;

/// <summary>A fresh database: SQLite, or PostgreSQL as <c>tests/run.sh</c> starts it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestDatabase(ServiceProvider services) => this.services = services;

    public static async Task<TestDatabase> CreateAsync(string kind)
    {
        var name = "naas_" + Guid.NewGuid().ToString("N");
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        Assert.SkipWhen(kind == "postgresql" && postgres is null, "NAAS_POSTGRES is not set; tests/run.sh sets it");
        var connection = kind == "sqlite" ? $"Data Source={Path.Combine(Path.GetTempPath(), name)}.db" : $"{postgres};Database={name}";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Worker"] = connection }).Build());
        services.AddDatabase<FulfilmentDb, SqliteFulfilmentDb, PostgresFulfilmentDb>("Worker");
        var database = new TestDatabase(services.BuildServiceProvider());
        await using var db = await database.OpenAsync();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return database;
    }

    public Task<FulfilmentDb> OpenAsync() =>
        services.GetRequiredService<IDbContextFactory<FulfilmentDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await using (var db = await OpenAsync())
        {
            await db.Database.EnsureDeletedAsync();
        }

        await services.DisposeAsync();
    }
}
