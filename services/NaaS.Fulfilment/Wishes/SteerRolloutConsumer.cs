using MassTransit;
using Microsoft.EntityFrameworkCore;
using NaaS.Contracts;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Wishes;

/// <summary>Takes <see cref="SteerRollout"/>.</summary>
internal sealed class SteerRolloutConsumer(FulfilmentDb db, TimeProvider time) : IConsumer<SteerRollout>
{
    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<SteerRollout> context)
    {
        var command = context.Message;
        var service = await db.Services.SingleOrDefaultAsync(row => row.Id == command.ServiceId, context.CancellationToken);
        if (service is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        switch (command.Steering)
        {
            case Steering.Hold:
                service.HeldSince ??= now;
                service.HeldReason = command.Reason;
                break;
            case Steering.Resume:
                await ResumeAsync(service, now, context.CancellationToken);
                break;
            default:
                (service.AbortedRevision, service.AbortReason) = (command.Revision, command.Reason);
                break;
        }

        service.NextRun = now;
        service.Wakes++;
        service.Version = Guid.NewGuid();
    }

    // While it was held its deadline stood still.
    private async Task ResumeAsync(ServiceRecord service, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (service.HeldSince is not { } since)
        {
            return;
        }

        var current = await db.Revisions.SingleOrDefaultAsync(
            row => row.ServiceId == service.Id && row.Number == service.Revision && row.Stage == RevisionStage.Rolling, cancellationToken);
        if (current is not null)
        {
            current.Deadline += now - since;
        }

        (service.HeldSince, service.HeldReason) = (null, null);
    }
}
