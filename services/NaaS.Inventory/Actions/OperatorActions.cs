using System.Diagnostics;
using NaaS.Contracts;
using NaaS.Inventory.Changes;
using NaaS.Inventory.Wishes;
using NaaS.Messaging.Outbox;
using NaaS.Tmf.Inventory;
using NaaS.TmfRest.Errors;
using NaaS.TmfRest.Resources;

namespace NaaS.Inventory.Actions;

/// <summary>Does what operators ask for: each becomes a command to the worker, written with the record of it.</summary>
internal sealed class OperatorActions(ResourceStore store)
{
    private const string Known = "action is rollback, retry, hold, resume or abort for a service, evacuate or open for a cluster";

    /// <summary>Does it, or throws what stands against it.</summary>
    public async Task DoAsync(OperatorAction action, CancellationToken cancellationToken)
    {
        switch (action.Action)
        {
            case "evacuate" or "open":
                var cluster = action.Cluster is { Length: > 0 } named ? named : throw new MissingBodyFieldException("cluster is missing");
                store.Db.Enqueue(new EvacuateCluster(cluster, action.Action == "evacuate"));
                break;
            case "rollback" or "retry" or "hold" or "resume" or "abort":
                await OnServiceAsync(action, cancellationToken);
                break;
            default:
                throw new InvalidBodyFieldException(Known);
        }
    }

    private async Task OnServiceAsync(OperatorAction action, CancellationToken cancellationToken)
    {
        var id = action.Service?.Id is { Length: > 0 } given ? given : throw new MissingBodyFieldException("service.id is missing");
        var service = await store.GetForChangeAsync<Service>(id, cancellationToken);
        var wish = await store.FindForChangeAsync<ServiceWish>(id, cancellationToken);
        action.Service!.Name = service.Name;
        if (ServiceInventory.WhyNot(id, service, wish) is { } refusal)
        {
            throw new ResourceConflictException(refusal);
        }

        var cause = new Cause(CauseKind.Operator, action.Id!) { Trace = Activity.Current?.Id };
        var last = wish!.Revisions.LastOrDefault();
        object command = action.Action switch
        {
            "rollback" => RollBack(wish, action, cause),
            "retry" => Retry(wish, last, cause),
            "hold" => new SteerRollout(Guid.Parse(id), Steering.Hold, 0, action.Reason),
            "resume" => new SteerRollout(Guid.Parse(id), Steering.Resume, 0, action.Reason),
            _ => Abort(wish, last, action),
        };
        store.Db.Enqueue(command);
        if (action.Action is "rollback" or "retry")
        {
            (wish.LastCause, wish.Settled, wish.Withdraws) = (cause, false, null);
        }

        wish.Held = action.Action switch { "hold" => true, "resume" => false, _ => wish.Held };
        store.Update(wish);
    }

    private static RollBackService RollBack(ServiceWish wish, OperatorAction action, Cause cause)
    {
        var target = action.Revision ?? throw new MissingBodyFieldException("revision is missing");
        if (wish.Revisions.Find(revision => revision.Number == target) is not { } known)
        {
            throw new InvalidBodyFieldException($"revision: there is no revision {target} of this service");
        }

        return known.Rollout is "good" or "unchanged"
            ? new RollBackService(Guid.Parse(wish.Id!), ++wish.Sequence, target, cause)
            : throw new ResourceConflictException($"Revision {target} was never good: {known.Rollout}");
    }

    private static RetryService Retry(ServiceWish wish, Revision? last, Cause cause) => last?.Rollout == "failed"
        ? new RetryService(Guid.Parse(wish.Id!), ++wish.Sequence, cause)
        : throw new ResourceConflictException("Nothing has failed that could be tried again");

    private static SteerRollout Abort(ServiceWish wish, Revision? last, OperatorAction action)
    {
        if (last is null || last.IsConcluded)
        {
            throw new ResourceConflictException("Nothing is being rolled out that could be given up");
        }

        action.Revision = last.Number;
        return new SteerRollout(Guid.Parse(wish.Id!), Steering.Abort, last.Number, action.Reason);
    }
}
