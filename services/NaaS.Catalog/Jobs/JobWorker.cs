using Microsoft.EntityFrameworkCore;
using NaaS.Messaging.Storage;
using NaaS.Tmf.Catalog;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;
using NaaS.TmfRest.Security;
using NaaS.TmfRest.Storage;

namespace NaaS.Catalog.Jobs;

/// <summary>Carries out import and export jobs, one after the other. A job that was running when its process died is marked failed after a while.</summary>
internal sealed partial class JobWorker(IServiceScopeFactory scopes, CommitSignal<TmfDb> commits, Outbound outbound, TimeProvider time, ILogger<JobWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var commit = commits.NextOf(JobEndpoints.Imports.Name, JobEndpoints.Exports.Name);
            try
            {
                while (await RunNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            await commit.OrAfterAsync(LookAgain, time, stoppingToken);
        }
    }

    private async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        var import = await NextAsync<ImportJob>(job => job.Status, (job, status) => job.Status = status, cancellationToken);
        if (import is not null)
        {
            var error = await TryAsync(token => ImportAsync(import, token), cancellationToken);
            await EndAsync<ImportJob>(import.Id!, job => (job.Status, job.ErrorLog, job.CompletionDate) = (Status(error), error, time.GetUtcNow()), cancellationToken);
            return true;
        }

        var export = await NextAsync<ExportJob>(job => job.Status, (job, status) => job.Status = status, cancellationToken);
        if (export is null)
        {
            return false;
        }

        var failure = await TryAsync(token => ExportAsync(export, token), cancellationToken);
        await EndAsync<ExportJob>(export.Id!, job => (job.Status, job.ErrorLog, job.CompletionDate) = (Status(failure), failure, time.GetUtcNow()), cancellationToken);
        return true;
    }

    /// <summary>Takes the next job: the one replica that moves it to Running has it.</summary>
    private async Task<T?> NextAsync<T>(Func<T, JobStateType?> status, Action<T, JobStateType> set, CancellationToken cancellationToken)
        where T : Tmf.Shared.TmfResource
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        var waiting = await store.QueryAsync<T>("status=\"Not Started\",Running&limit=20", cancellationToken);
        foreach (var job in waiting)
        {
            var row = store.Db.Resources.Local.Single(row => row.Id == job.Id);
            if (status(job) == JobStateType.Running && time.GetUtcNow() - row.ChangedAt < 2 * Longest)
            {
                continue;
            }

            set(job, status(job) == JobStateType.Running ? JobStateType.Failed : JobStateType.Running);
            store.Update(job);
            try
            {
                await store.Db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another replica has it.
                return null;
            }

            return status(job) == JobStateType.Running ? job : null;
        }

        return null;
    }

    private async Task ImportAsync(ImportJob job, CancellationToken cancellationToken)
    {
        var text = await outbound.GetAsync(job.Url!, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        var file = scope.ServiceProvider.GetRequiredService<CatalogueFile>();
        await file.LookAsync(CatalogueFile.Resource(job.Path), text, cancellationToken);
        await store.Db.InTransactionAsync(
            async token =>
            {
                await file.ReadAsync(CatalogueFile.Resource(job.Path), text, token);
                foreach (var catalog in await store.QueryAsync<ServiceCatalog>("", token))
                {
                    store.Raise(catalog, "ServiceCatalogBatchEvent", $"importJob {job.Id} brought in {job.Url}");
                }

                await store.Db.SaveChangesAsync(token);
            },
            cancellationToken);
    }

    private async Task ExportAsync(ExportJob job, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var file = scope.ServiceProvider.GetRequiredService<CatalogueFile>();
        var text = await file.WriteAsync(CatalogueFile.Resource(job.Path), job.Query ?? "", cancellationToken);
        await outbound.PutAsync(job.Url!, text, cancellationToken);
    }

    private async Task EndAsync<T>(string id, Action<T> set, CancellationToken cancellationToken)
        where T : Tmf.Shared.TmfResource
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ResourceStore>();
        var job = await store.FindAsync<T>(id, cancellationToken);
        if (job is not null)
        {
            set(job);
            store.Update(job);
            await store.Db.SaveChangesAsync(cancellationToken);
        }
    }

    private static async Task<string?> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Longest);
        try
        {
            await work(timeout.Token);
            return null;
        }
        catch (Exception exception) when (exception is TmfException or HttpRequestException or DbUpdateException)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It took longer than {Longest}";
        }
    }

    private static JobStateType Status(string? error) => error is null ? JobStateType.Succeeded : JobStateType.Failed;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs could not be looked after; tried again")]
    private partial void LogFailed(Exception exception);
}
