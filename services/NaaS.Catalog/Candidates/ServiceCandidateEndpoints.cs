using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;

namespace NaaS.Catalog.Candidates;

/// <summary>TMF633 serviceCandidate: a specification offered in categories.</summary>
internal static class ServiceCandidateEndpoints
{
    public static ResourceDefinition<ServiceCandidate> Resource { get; } = new(TmfApi.ServiceCatalog, "serviceCandidate")
    {
        Required = ["name", "serviceSpecification"],
        NotOnCreate = ["id", "href"],
        NotPatchable = ["id", "href", "lastUpdate"],
        Events = ResourceEvents.Changing("ServiceCandidate"),
    };

    public static void MapServiceCandidates(this TmfRoutes api) =>
        api.MapResource<ServiceCandidate>().MapReading().MapPost(Create).MapPatch(Change).MapDelete(Delete);

    private static async Task<ServiceCandidate> Create(
        Posted<ServiceCandidate> posted, ResourceStore store, CandidateLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        var candidate = posted.Resource;
        candidate.LifecycleStatus ??= "In study";
        candidate.Version ??= "1.0";
        candidate.Type ??= "ServiceCandidate";
        candidate.LastUpdate = time.GetUtcNow();
        RequireSpecification(candidate);
        store.Insert(candidate);
        await links.SyncAsync(null, candidate, cancellationToken);
        return candidate;
    }

    private static async Task<ServiceCandidate> Change(
        Patched<ServiceCandidate> patch, ResourceStore store, CandidateLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = await patch.ApplyAsync(store, cancellationToken);
        if (change.Changed.Count == 0)
        {
            return change.Before;
        }

        RequireSpecification(change.After);
        change.After.LastUpdate = time.GetUtcNow();
        store.Update(change.After);
        await links.SyncAsync(change.Before, change.After, cancellationToken);
        return change.After;
    }

    private static async Task Delete(string id, ResourceStore store, CandidateLinks links, CancellationToken cancellationToken)
    {
        var candidate = await store.GetForChangeAsync<ServiceCandidate>(id, cancellationToken);
        await links.SyncAsync(candidate, null, cancellationToken);
        store.Delete(candidate);
    }

    private static void RequireSpecification(ServiceCandidate candidate)
    {
        if (string.IsNullOrEmpty(candidate.ServiceSpecification?.Id))
        {
            throw new MissingBodyFieldException("serviceSpecification.id is missing");
        }
    }
}
