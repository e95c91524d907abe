using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using NaaS.Messaging.Sealing;

namespace NaaS.Messaging.Storage;

/// <summary>Registers a database by its connection string.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Registers <typeparamref name="TDb"/> on <c>ConnectionStrings:NAME</c>: <typeparamref name="TSqlite"/> for <c>Data Source=...</c>,
    /// <typeparamref name="TPostgres"/> for <c>Host=...</c>; each has migrations of its own, applied before any hosted service starts unless <see cref="DatabaseOptions"/> say otherwise.
    /// Contexts are pooled: what one keeps beside its change tracker it drops when it is disposed.
    /// </summary>
    public static IServiceCollection AddDatabase<TDb, TSqlite, TPostgres>(this IServiceCollection services, string name)
        where TDb : ServiceDbContext
        where TSqlite : TDb
        where TPostgres : TDb
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CommitSignal<TDb>>();
        services.TryAddSingleton(provider =>
            provider.GetRequiredService<IConfiguration>().GetSection("Encryption").Get<SealingOptions>() is { Keys.Count: > 0 } options
                ? new Sealer(options.Keys) : Sealer.None);
        services.AddPooledDbContextFactory<TSqlite>((provider, options) => options
            .UseSqlite(ConnectionString(provider, name))
            .ConfigureWarnings(QuietCommands)
            .ReplaceService<IModelCacheKeyFactory, SealerModelKey>()
            .AddInterceptors(SqliteSettings.Instance)
            .AddInterceptors(provider.GetRequiredService<CommitSignal<TDb>>().Interceptors));
        services.AddPooledDbContextFactory<TPostgres>((provider, options) => options
            .UseNpgsql(PostgresConnections.Complete(ConnectionString(provider, name)))
            .ConfigureWarnings(QuietCommands)
            .ReplaceService<IModelCacheKeyFactory, SealerModelKey>()
            .AddInterceptors(provider.GetRequiredService<CommitSignal<TDb>>().Interceptors));
        services.AddSingleton<IDbContextFactory<TDb>>(provider => ConnectionString(provider, name).Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? new ProviderFactory<TDb, TPostgres>(provider.GetRequiredService<IDbContextFactory<TPostgres>>())
            : new ProviderFactory<TDb, TSqlite>(provider.GetRequiredService<IDbContextFactory<TSqlite>>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext());
        services.AddSingleton<IDatabase>(provider => new Database<TDb>(
            name, new(provider.GetRequiredService<IDbContextFactory<TDb>>), provider.GetRequiredService<TimeProvider>()));
        services.AddOptions<DatabaseOptions>().BindConfiguration("Database");
        services.AddHostedService<DatabaseMigration>();
        return services;
    }

    // A statement each time that a timer or relay looks would drown what an operator reads at level Information.
    private static void QuietCommands(WarningsConfigurationBuilder warnings) => warnings.Log((RelationalEventId.CommandExecuted, LogLevel.Debug));

    private static string ConnectionString(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IConfiguration>().GetConnectionString(name)
        ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: give 'Data Source=FILE' (SQLite) or 'Host=...' (PostgreSQL).");

    private sealed class ProviderFactory<TDb, TProvider>(IDbContextFactory<TProvider> factory) : IDbContextFactory<TDb>
        where TDb : ServiceDbContext
        where TProvider : TDb
    {
        public TDb CreateDbContext() => factory.CreateDbContext();
    }
}
