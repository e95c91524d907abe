using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NaaS.Contracts;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Preview;
using NaaS.Fulfilment.Report;
using NaaS.Fulfilment.Storage;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Makes revisions of what is wanted, and concludes those that are replaced by it.</summary>
internal sealed class RevisionMaker(Designer designer, Previewer previewer, Reporter reporter, IOptions<FulfilmentOptions> options, TimeProvider time)
{
    /// <summary>
    /// Designs what is wanted and stores it as the next revision. What cannot be is stored too, as a revision that failed; what equals the good
    /// revision is unchanged. What may pass (a repository that does not answer) throws until the time for it is over.
    /// </summary>
    public async Task MakeAsync(StepContext context, CancellationToken cancellationToken)
    {
        var service = context.Service;
        var wanted = Json.Read<List<ServiceCharacteristic>>(service.Characteristics);
        var good = context.Situation.Good;
        var request = new DesignRequest(service.Id, service.Name, service.Born, wanted, service.Revision + 1, good?.Design)
        {
            Places = good?.Places ?? new Dictionary<string, string>(),
            Avoided = Avoidance.Read(service.Avoided),
        };
        try
        {
            var design = await designer.DesignAsync(request, cancellationToken);
            await EnsureAgreedAsync(context, design.Intent, wanted, cancellationToken);
            await StoreAsync(context, design, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            await RefuseAsync(context, refusal.Message, cancellationToken);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DbUpdateException) && IsOver(service))
        {
            await RefuseAsync(context, failure.Message, cancellationToken);
        }
    }

    /// <summary>Stores a revision that delivers what the good one does, to be placed anew.</summary>
    public async Task RelocateAsync(StepContext context, string reason, CancellationToken cancellationToken)
    {
        var good = context.Situation.Good!;
        var cause = new Cause(CauseKind.Worker, $"relocation: {reason}");
        var deadline = time.GetUtcNow() + good.Design!.Intent.Deadline;
        var design = await designer.AvoidAsync(good.Design, good.Design, good.Places, Avoidance.Read(context.Service.Avoided), cancellationToken);
        var revision = Next(context, RevisionStage.Rolling, deadline, design, cause);
        await AddAsync(context, revision, design, Rollout.Designed, cancellationToken);
    }

    /// <summary>Stores the revision that removes everything.</summary>
    public async Task BeginRemovalAsync(StepContext context, CancellationToken cancellationToken)
    {
        var revision = Next(
            context, RevisionStage.Removing, time.GetUtcNow() + (context.Situation.Good?.Design?.Intent.Deadline ?? options.Value.Translate.Deadline));
        await ConcludeReplacedAsync(context, cancellationToken);
        await AddAsync(context, revision, null, Rollout.Removing, cancellationToken);
    }

    /// <summary>Stage of a concluded revision.</summary>
    public static RevisionStage StageOf(Rollout rollout) => rollout switch
    {
        Rollout.Good => RevisionStage.Good,
        Rollout.Unchanged => RevisionStage.Unchanged,
        Rollout.Superseded => RevisionStage.Superseded,
        Rollout.Failed => RevisionStage.Failed,
        Rollout.Terminated => RevisionStage.Terminated,
        _ => throw new ArgumentOutOfRangeException(nameof(rollout), rollout, "is no conclusion"),
    };

    // A digest that came with an earlier change has done its work; what is merged into later changes of it means nothing any more.
    private async Task EnsureAgreedAsync(
        StepContext context, DeploymentIntent intent, IReadOnlyList<ServiceCharacteristic> wanted, CancellationToken cancellationToken)
    {
        if (intent.PlanDigest is not { } agreed
            || agreed == DigestOf(context.Situation.Good)
            || (context.Situation.Current is { Stage: not RevisionStage.Failed } current && agreed == DigestOf(current)))
        {
            return;
        }

        var service = context.Service;
        var isNew = context.Situation.Good is null;
        var plan = await previewer.PlanAsync(
            context.Db, new(Guid.Empty, "", isNew ? null : service.Id, service.Name, wanted, []), cancellationToken);
        if (plan.Digest != agreed)
        {
            throw new PlanChangedException(options.Value.Translate.Names.PlanDigest, plan);
        }

        string? DigestOf(Revision? revision) =>
            revision?.Characteristics.FirstOrDefault(one => one.Name == options.Value.Translate.Names.PlanDigest)?.Value;
    }

    private bool IsOver(ServiceRecord service) => time.GetUtcNow() >= service.WantedAt + options.Value.Translate.Deadline;

    private async Task StoreAsync(StepContext context, Design design, CancellationToken cancellationToken)
    {
        var good = context.Situation.Good;
        var unchanged = context.Situation.Current is { Stage: >= RevisionStage.Good } && good?.Design is { } held && held.DeliversSameAs(design);
        var revision = Next(context, unchanged ? RevisionStage.Unchanged : RevisionStage.Rolling, time.GetUtcNow() + design.Intent.Deadline, design);
        await ConcludeReplacedAsync(context, cancellationToken);
        if (unchanged)
        {
            revision.Places = Json.Write(good!.Places);
            revision.ConcludedAt = time.GetUtcNow();
            context.Service.Good = revision.Number;
        }

        await AddAsync(context, revision, design, unchanged ? Rollout.Unchanged : Rollout.Designed, cancellationToken);
    }

    private async Task RefuseAsync(StepContext context, string reason, CancellationToken cancellationToken)
    {
        var stage = context.Situation.Good is null ? RevisionStage.Removing : RevisionStage.Restoring;
        var revision = Next(context, stage, time.GetUtcNow() + options.Value.SettleTime);
        revision.Reason = reason;
        await ConcludeReplacedAsync(context, cancellationToken);
        await AddAsync(context, revision, null, null, cancellationToken);
    }

    private Task AddAsync(StepContext context, RevisionRecord revision, Design? design, Rollout? rollout, CancellationToken cancellationToken)
    {
        var service = context.Service;
        context.Db.Revisions.Add(revision);
        service.Revision = revision.Number;
        service.Taken = revision.Sequence;
        service.WaitsForClusters = false;
        (service.UnreadySince, service.Degraded) = (null, null);
        if (rollout is { } reached)
        {
            reporter.Report(context.Db, service, context.Situation, View(context, revision, design), reached, null);
        }

        return context.SaveAsync(time.GetUtcNow() + options.Value.Lease, cancellationToken);
    }

    private static Revision View(StepContext context, RevisionRecord revision, Design? design) => new()
    {
        Number = revision.Number,
        Sequence = revision.Sequence,
        Cause = Json.Read<Cause>(revision.Cause),
        Stage = revision.Stage,
        Design = design,
        Places = Json.Read<Dictionary<string, string>>(revision.Places),
        Deadline = revision.Deadline,
    };

    private RevisionRecord Next(StepContext context, RevisionStage stage, DateTimeOffset deadline, Design? design = null, Cause? cause = null) => new()
    {
        ServiceId = context.Service.Id,
        Number = context.Service.Revision + 1,
        Sequence = context.Service.Sequence,
        Cause = cause is null ? context.Service.Cause : Json.Write(cause),
        Characteristics = cause is null ? context.Service.Characteristics : Json.Write(context.Situation.Good!.Characteristics),
        Stage = stage,
        ChartVersion = design?.ChartVersion,
        ChartDigest = design?.ChartDigest,
        RenderedDigest = design?.Digest,
        Content = design is null ? null : StoredDesign.Write(design),
        Before = context.Service.Good,
        StartedAt = time.GetUtcNow(),
        Deadline = deadline,
    };

    private async Task ConcludeReplacedAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Situation.Current is not { Stage: < RevisionStage.Good } current)
        {
            return;
        }

        var row = await context.Db.Revisions.SingleAsync(
            revision => revision.ServiceId == context.Service.Id && revision.Number == current.Number, cancellationToken);
        var rollout = current.Stage switch
        {
            RevisionStage.Rolling => Rollout.Superseded,
            RevisionStage.Switching or RevisionStage.Settling => Rollout.Good,
            RevisionStage.Removing when context.Situation.Wish.Gone => Rollout.Superseded,
            _ => Rollout.Failed,
        };
        row.Stage = StageOf(rollout);
        row.ConcludedAt = time.GetUtcNow();
        if (rollout == Rollout.Superseded)
        {
            Reporter.ReportSuperseded(context.Db, context.Service.Id, current.Sequence, current.Number, current.Cause, time.GetUtcNow());
        }
        else
        {
            reporter.Report(context.Db, context.Service, context.Situation, current, rollout, current.Reason);
        }
    }
}
