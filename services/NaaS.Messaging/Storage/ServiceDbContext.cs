using Microsoft.EntityFrameworkCore;

namespace NaaS.Messaging.Storage;

/// <summary>A database that <see cref="DatabaseRegistration"/> registers: on SQLite its writers wait for each other.</summary>
public abstract class ServiceDbContext(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // Not by interceptors: of a save that ends in a DbUpdateConcurrencyException EF Core tells them the conflict, but not the end.
        var writer = Database.CurrentTransaction is null ? SqliteWriterLock.Of(this) : null;
        if (writer is not null)
        {
            await writer.WaitAsync(cancellationToken);
        }

        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            writer?.Release();
        }
    }
}
