using Microsoft.AspNetCore.Http;
using NaaS.Ordering.Validation;
using NaaS.Tmf.Qualification;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;

namespace NaaS.Ordering.Qualifications;

/// <summary>TMF645: what an order would do, as a task that is created and then read until it is done.</summary>
internal static class QualificationEndpoints
{
    private const string OpenSlice = "openslice";

    public static void Map(TmfRoutes routes) => routes.MapResource<CheckServiceQualification>().MapReading().MapPost(CreateAsync).MapDelete(DeleteAsync);

    private static Task<CheckServiceQualification> CreateAsync(
        Posted<CheckServiceQualification> posted, HttpContext context, QualificationAcceptance acceptance, CancellationToken cancellationToken) =>
        acceptance.AcceptAsync(posted.Resource, new Sender(Caller.Of(context), posted.Dialect.Name == OpenSlice), cancellationToken);

    private static async Task DeleteAsync(string id, ResourceStore store, CancellationToken cancellationToken) =>
        store.Delete(await store.GetForChangeAsync<CheckServiceQualification>(id, cancellationToken));
}
