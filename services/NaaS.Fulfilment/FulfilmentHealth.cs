using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment;

/// <summary>Whether the worker reaches its database, with our tables in it.</summary>
internal sealed class WorkerDatabaseHealth(IDbContextFactory<FulfilmentDb> databases) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Services.AsNoTracking().AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The worker's database does not answer: " + exception.Message);
        }
    }
}

/// <summary>Whether the worker reaches the hub. Without it it can do nothing, though it goes on trying.</summary>
internal sealed class HubHealth(HubClient hub) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return HealthCheckResult.Healthy($"hub {await hub.VersionAsync(cancellationToken)}");
        }
        catch (HubException exception)
        {
            return HealthCheckResult.Unhealthy("The hub does not answer: " + exception.Message);
        }
    }
}
