using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Reads what is, decides one step, does it, and begins again, until there is something to wait for.</summary>
internal sealed partial class Reconciler(
    IDbContextFactory<FulfilmentDb> databases, SituationReader reader, StepRunner runner, TimeProvider time, ILogger<Reconciler> logger)
{
    private const int MostSteps = 100;

    /// <summary>Brings a service as far as it goes now. Returns when to look again.</summary>
    public async Task<DateTimeOffset> RunAsync(Lease lease, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostSteps; i++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var service = await db.Services.SingleAsync(row => row.Id == lease.ServiceId, cancellationToken);
            if (service.LeaseOwner != lease.Owner)
            {
                return time.GetUtcNow();
            }

            var situation = await reader.ReadAsync(db, service, cancellationToken);
            var step = Planner.Next(situation);
            LogStep(lease.ServiceId, step.GetType().Name);
            await runner.RunAsync(new(db, service, situation), step, cancellationToken);
            if (step is NextStep.Wait wait)
            {
                return wait.Until;
            }
        }

        return time.GetUtcNow();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Service {Service}: {Step}")]
    private partial void LogStep(Guid service, string step);
}
