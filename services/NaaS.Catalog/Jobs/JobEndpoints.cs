using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Routes;
using NaaS.TmfRest.Security;

namespace NaaS.Catalog.Jobs;

/// <summary>TMF633 importJob and exportJob: tasks that <see cref="JobWorker"/> carries out. They cannot be changed, so they have no PATCH.</summary>
internal static class JobEndpoints
{
    public static ResourceDefinition<ImportJob> Imports { get; } = new(TmfApi.ServiceCatalog, "importJob") { Required = ["url"] };

    public static ResourceDefinition<ExportJob> Exports { get; } = new(TmfApi.ServiceCatalog, "exportJob") { Required = ["url"] };

    public static void MapJobs(this TmfRoutes api)
    {
        api.MapResource<ImportJob>().MapReading().MapPost(Import).MapDelete(DeleteImport);
        api.MapResource<ExportJob>().MapReading().MapPost(Export).MapDelete(DeleteExport);
    }

    private static async Task<ImportJob> Import(Posted<ImportJob> posted, ResourceStore store, Outbound outbound, TimeProvider time, CancellationToken cancellationToken)
    {
        await outbound.CheckAsync("url", posted.Resource.Url!, cancellationToken);
        CatalogueFile.Resource(posted.Resource.Path);
        var job = new ImportJob
        {
            Url = posted.Resource.Url,
            Path = posted.Resource.Path,
            ContentType = posted.Resource.ContentType ?? "application/json",
            CreationDate = time.GetUtcNow(),
            Status = JobStateType.NotStarted,
            Extensions = posted.Resource.Extensions,
            Type = posted.Resource.Type,
            BaseType = posted.Resource.BaseType,
            SchemaLocation = posted.Resource.SchemaLocation,
        };
        store.Insert(job);
        return job;
    }

    private static async Task<ExportJob> Export(Posted<ExportJob> posted, ResourceStore store, Outbound outbound, TimeProvider time, CancellationToken cancellationToken)
    {
        await outbound.CheckAsync("url", posted.Resource.Url!, cancellationToken);
        var resource = CatalogueFile.Resource(posted.Resource.Path);
        // A query that means nothing is found now rather than by the job.
        await CatalogueFile.CountAsync(store, resource, posted.Resource.Query ?? "", cancellationToken);
        var job = new ExportJob
        {
            Url = posted.Resource.Url,
            Path = posted.Resource.Path,
            Query = posted.Resource.Query,
            ContentType = posted.Resource.ContentType ?? "application/json",
            CreationDate = time.GetUtcNow(),
            Status = JobStateType.NotStarted,
            Extensions = posted.Resource.Extensions,
            Type = posted.Resource.Type,
            BaseType = posted.Resource.BaseType,
            SchemaLocation = posted.Resource.SchemaLocation,
        };
        store.Insert(job);
        return job;
    }

    private static async Task DeleteImport(string id, ResourceStore store, CancellationToken cancellationToken)
    {
        var job = await store.GetForChangeAsync<ImportJob>(id, cancellationToken);
        RefuseIfRunning(job.Status, id);
        store.Delete(job);
    }

    private static async Task DeleteExport(string id, ResourceStore store, CancellationToken cancellationToken)
    {
        var job = await store.GetForChangeAsync<ExportJob>(id, cancellationToken);
        RefuseIfRunning(job.Status, id);
        store.Delete(job);
    }

    private static void RefuseIfRunning(JobStateType? status, string id)
    {
        if (status == JobStateType.Running)
        {
            throw new ResourceConflictException($"job {id} is running");
        }
    }
}
