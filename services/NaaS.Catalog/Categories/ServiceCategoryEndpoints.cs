using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog.Categories;

/// <summary>TMF633 serviceCategory.</summary>
internal static class ServiceCategoryEndpoints
{
    public static ResourceDefinition<ServiceCategory> Resource { get; } = new(TmfApi.ServiceCatalog, "serviceCategory")
    {
        Required = ["name"],
        NotOnCreate = ["id", "href"],
        NotPatchable = ["id", "href", "lastUpdate"],
        Events = ResourceEvents.Changing("ServiceCategory"),
    };

    public static void MapServiceCategories(this TmfRoutes api) =>
        api.MapResource<ServiceCategory>().MapReading().MapPost(Create).MapPatch(Change).MapDelete(Delete);

    private static ServiceCategory Create(Posted<ServiceCategory> posted, ResourceStore store, TimeProvider time)
    {
        var category = posted.Resource;
        category.LifecycleStatus ??= "In study";
        category.IsRoot ??= string.IsNullOrEmpty(category.ParentId);
        category.Type ??= "ServiceCategory";
        category.LastUpdate = time.GetUtcNow();
        store.Insert(category);
        return category;
    }

    private static async Task<ServiceCategory> Change(
        Patched<ServiceCategory> patch, ResourceStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = await patch.ApplyAsync(store, cancellationToken);
        if (change.After.ParentId == patch.Id)
        {
            throw new InvalidBodyFieldException("parentId: a category cannot be its own parent");
        }

        if (change.Changed.Count > 0)
        {
            change.After.LastUpdate = time.GetUtcNow();
            store.Update(change.After);
        }

        return change.After;
    }

    private static async Task Delete(string id, ResourceStore store, CancellationToken cancellationToken)
    {
        var category = await store.GetForChangeAsync<ServiceCategory>(id, cancellationToken);
        if (id == NaasCategory.Id)
        {
            throw new ResourceConflictException($"serviceCategory {id} holds what is launched and stays");
        }

        if (category.ServiceCandidate is { Count: > 0 } || await store.CountAsync<ServiceCategory>($"parentId=\"{id}\"", cancellationToken) > 0)
        {
            throw new ResourceConflictException($"serviceCategory {id} has candidates or categories in it");
        }

        store.Delete(category);
    }
}
