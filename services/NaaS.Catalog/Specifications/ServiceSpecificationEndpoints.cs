using NaaS.Catalog.Candidates;
using NaaS.Catalog.Publishing;
using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog.Specifications;

/// <summary>TMF633 serviceSpecification.</summary>
internal static class ServiceSpecificationEndpoints
{
    public static ResourceDefinition<ServiceSpecification> Resource { get; } = new(TmfApi.ServiceCatalog, "serviceSpecification")
    {
        Required = ["name"],
        NotOnCreate = ["id", "href"],
        NotPatchable = ["id", "href", "lastUpdate"],
        Events = ResourceEvents.Changing("ServiceSpecification"),
    };

    public static void MapServiceSpecifications(this TmfRoutes api) =>
        api.MapResource<ServiceSpecification>()
            .MapReading()
            .MapPost(Create, before: (posted, services, token) => services.GetRequiredService<ChartLook>().LookAsync(posted, token))
            .MapPatch(Change, before: (patched, services, token) => services.GetRequiredService<ChartLook>().LookAsync(patched, token))
            .MapDelete(Delete);

    private static async Task<ServiceSpecification> Create(
        Posted<ServiceSpecification> posted, ResourceStore store, CandidateLinks candidates, ChartLook charts, TimeProvider time, CancellationToken cancellationToken)
    {
        var specification = posted.Resource;
        specification.LifecycleStatus = LifeCycle.Read(specification.LifecycleStatus ?? LifeCycle.InStudy);
        specification.IsBundle ??= false;
        specification.Version ??= "1.0";
        specification.Type ??= "ServiceSpecification";
        specification.LastUpdate = time.GetUtcNow();
        if (LifeCycle.IsPublished(specification.LifecycleStatus))
        {
            await charts.RequireAsync(specification, cancellationToken);
        }

        store.Insert(specification);
        if (specification.LifecycleStatus == LifeCycle.Launched)
        {
            await candidates.LaunchAsync(specification, cancellationToken);
        }

        return specification;
    }

    private static async Task<ServiceSpecification> Change(
        Patched<ServiceSpecification> patch, ResourceStore store, CandidateLinks candidates, ChartLook charts, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = await patch.ApplyAsync(store, cancellationToken);
        var specification = change.After;
        var isDue = ChartLook.IsDue(change);
        specification.LifecycleStatus = LifeCycle.Move(change.Before.LifecycleStatus!, specification.LifecycleStatus);
        if (change.Changed.Count == 0)
        {
            return change.Before;
        }

        if (isDue)
        {
            await charts.RequireAsync(specification, cancellationToken);
        }

        specification.LastUpdate = time.GetUtcNow();
        store.Update(specification);
        if (specification.LifecycleStatus == LifeCycle.Launched)
        {
            await candidates.LaunchAsync(specification, cancellationToken);
        }

        return specification;
    }

    private static async Task Delete(string id, ResourceStore store, CandidateLinks candidates, CancellationToken cancellationToken)
    {
        var specification = await store.GetForChangeAsync<ServiceSpecification>(id, cancellationToken);
        await SpecificationUse.RefuseIfUsedAsync(store, id, cancellationToken);
        await candidates.WithdrawAsync(specification, cancellationToken);
        store.Delete(specification);
    }
}
