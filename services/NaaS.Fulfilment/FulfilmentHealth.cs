using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NaaS.ClusterHub.Objects;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment;

/// <summary>Whether the worker reaches its database and the hub. Without them it can do nothing, though it goes on trying.</summary>
internal sealed class FulfilmentHealth(IDbContextFactory<FulfilmentDb> databases, HubClient hub) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return HealthCheckResult.Unhealthy("the worker's database does not answer");
        }

        try
        {
            return HealthCheckResult.Healthy($"hub {await hub.VersionAsync(cancellationToken)}");
        }
        catch (HubException exception)
        {
            return HealthCheckResult.Unhealthy("the hub does not answer: " + exception.Message);
        }
    }
}
