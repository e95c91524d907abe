using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NaaS.Messaging.Storage;

/// <summary>Registers a database by its connection string.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Registers <typeparamref name="TDb"/> on <c>ConnectionStrings:NAME</c>: SQLite for <c>Data Source=...</c>, PostgreSQL for <c>Host=...</c>.
    /// The database is created before any hosted service starts.
    /// </summary>
    public static IServiceCollection AddDatabase<TDb>(this IServiceCollection services, string name)
        where TDb : DbContext
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CommitSignal<TDb>>();
        services.AddDbContextFactory<TDb>((provider, options) => Configure<TDb>(provider, options, name));
        services.AddHostedService<DatabaseCreation<TDb>>();
        return services;
    }

    private static void Configure<TDb>(IServiceProvider provider, DbContextOptionsBuilder options, string name)
        where TDb : DbContext
    {
        var connection = provider.GetRequiredService<IConfiguration>().GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: give 'Data Source=FILE' (SQLite) or 'Host=...' (PostgreSQL).");
        if (connection.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            options.UseNpgsql(connection);
        }
        else
        {
            options.UseSqlite(connection).AddInterceptors(SqliteSettings.Instance, SqliteWriterLock.Instance);
        }

        options.AddInterceptors(provider.GetRequiredService<CommitSignal<TDb>>().Saved, provider.GetRequiredService<CommitSignal<TDb>>().Committed);
    }
}
