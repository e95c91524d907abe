using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Resources;

namespace NaaS.Catalog.Categories;

/// <summary>
/// The category that launched specifications appear in. Its id is fixed, so that OpenSlice can be pointed at
/// <c>/serviceCategory/{id}</c> before anything is launched.
/// </summary>
internal sealed class NaasCategory(IServiceScopeFactory scopes, TimeProvider time) : IHostedService
{
    /// <summary>Its id.</summary>
    public const string Id = "6e616153-0000-4000-8000-000000000001";

    /// <summary>Its name.</summary>
    public const string Name = "NaaS";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        try
        {
            await store.Db.InTransactionAsync(token => CreateAsync(store, token), cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another replica that starts at the same time may have been faster; anything else shows here again.
            store.Db.ChangeTracker.Clear();
            await store.GetAsync<ServiceCategory>(Id, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateAsync(ResourceStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync<ServiceCategory>(Id, cancellationToken) is not null)
        {
            return;
        }

        store.Insert(new ServiceCategory
        {
            Id = Id,
            Name = Name,
            Description = "Services that this installation deploys",
            LifecycleStatus = "Launched",
            Version = "1.0",
            IsRoot = true,
            Category = [],
            ServiceCandidate = [],
            LastUpdate = time.GetUtcNow(),
            Type = "ServiceCategory",
        });
        await store.Db.SaveChangesAsync(cancellationToken);
    }
}
