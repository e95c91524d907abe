using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog.Catalogs;

/// <summary>TMF633 serviceCatalog.</summary>
internal static class ServiceCatalogEndpoints
{
    public static ResourceDefinition<ServiceCatalog> Resource { get; } = new(TmfApi.ServiceCatalog, "serviceCatalog")
    {
        Required = ["name"],
        NotOnCreate = ["id", "href"],
        NotPatchable = ["id", "href", "lastUpdate"],
        Events = ResourceEvents.Changing("ServiceCatalog"),
        RaisedEvents = ["ServiceCatalogBatchEvent"],
    };

    public static void MapServiceCatalogs(this TmfRoutes api) =>
        api.MapResource<ServiceCatalog>().MapReading().MapPost(Create).MapPatch(Change).MapDelete(Delete);

    private static ServiceCatalog Create(Posted<ServiceCatalog> posted, ResourceStore store, TimeProvider time)
    {
        var catalog = posted.Resource;
        catalog.LifecycleStatus ??= "In study";
        catalog.Type ??= "ServiceCatalog";
        catalog.LastUpdate = time.GetUtcNow();
        store.Insert(catalog);
        return catalog;
    }

    private static async Task<ServiceCatalog> Change(
        Patched<ServiceCatalog> patch, ResourceStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = await patch.ApplyAsync(store, cancellationToken);
        if (change.Changed.Count > 0)
        {
            change.After.LastUpdate = time.GetUtcNow();
            store.Update(change.After);
        }

        return change.After;
    }

    private static async Task Delete(string id, ResourceStore store, CancellationToken cancellationToken) =>
        store.Delete(await store.GetForChangeAsync<ServiceCatalog>(id, cancellationToken));
}
