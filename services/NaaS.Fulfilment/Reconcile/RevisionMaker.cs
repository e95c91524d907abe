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
internal sealed class RevisionMaker(
    Designer designer, DesignCache designs, Previewer previewer, Reporter reporter, IOptions<FulfilmentOptions> options, TimeProvider time)
{
    private const string Cancelled = "its order was cancelled";

    /// <summary>
    /// Designs what is wanted and stores it as the next revision. What cannot be is stored too, as a revision that failed; what equals the good
    /// revision is unchanged. What may pass (a repository that does not answer) throws until the time for it is over.
    /// </summary>
    public Task MakeAsync(StepContext context, CancellationToken cancellationToken)
    {
        var service = context.Service;
        return (service.RollBackTo ?? context.Situation.Wish.Withdrawal?.Before) is { } target
            ? RollBackAsync(context, target, cancellationToken)
            : DesignAsync(context, Request(context, Json.Read<List<ServiceCharacteristic>>(service.Characteristics)), null, cancellationToken);
    }

    /// <summary>Designs what is good with another chart version, and stores it as the next revision. One that cannot be is remembered.</summary>
    public Task UpdateAsync(StepContext context, string version, CancellationToken cancellationToken)
    {
        var request = Request(context, context.Situation.Good!.Characteristics) with { Version = version, Inactive = false };
        return DesignAsync(context, request, BadVersions.CauseFor(version), cancellationToken);
    }

    /// <summary>Stores a revision that delivers what the good one does, to be placed anew.</summary>
    public async Task RelocateAsync(StepContext context, string reason, CancellationToken cancellationToken)
    {
        var good = context.Situation.Good!;
        var cause = new Cause(CauseKind.Worker, $"relocation: {reason}");
        var design = Again(context, await AvoidAsync(context, good.Design!, cancellationToken));
        var revision = Next(context, RevisionStage.Rolling, time.GetUtcNow() + design.Intent.Deadline, design, cause);
        await AddAsync(context, revision, design, Rollout.Designed, cancellationToken);
    }

    /// <summary>
    /// Stores a revision that calls a change back which was not good. It names the good design, so that hooks of a roll-back run where the change had
    /// been placed, and delivers nothing new.
    /// </summary>
    public Task WithdrawAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (service, good) = (context.Service, context.Situation.Good!);
        var wasPlaced = context.Situation.Current is { Stage: RevisionStage.Rolling, IsPlaced: true };
        service.Characteristics = Json.Write(good.Characteristics);
        service.Inactive = good.Design!.Intent.Inactive;
        return PutBackAsync(context, wasPlaced ? good : null, cancellationToken);
    }

    private async Task PutBackAsync(StepContext context, Revision? hooksOf, CancellationToken cancellationToken)
    {
        var revision = Next(context, RevisionStage.Restoring, time.GetUtcNow() + options.Value.SettleTime, hooksOf?.Design, isWithdrawal: true);
        revision.Places = hooksOf is null ? revision.Places : Json.Write(hooksOf.Places);
        revision.Reason = Cancelled;
        await ConcludeReplacedAsync(context, cancellationToken);
        await AddAsync(context, revision, hooksOf?.Design, Rollout.Restoring, cancellationToken);
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
        Rollout.Withdrawn => RevisionStage.Withdrawn,
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
            context.Db, new(Guid.Empty, "", isNew ? null : service.Id, service.Name, wanted, []) { Inactive = service.Inactive }, cancellationToken);
        if (plan.Digest != agreed)
        {
            throw new PlanChangedException(options.Value.Translate.Names.PlanDigest, plan);
        }

        string? DigestOf(Revision? revision) =>
            revision?.Characteristics.FirstOrDefault(one => one.Name == options.Value.Translate.Names.PlanDigest)?.Value;
    }

    private bool IsOver(ServiceRecord service) => time.GetUtcNow() >= service.WantedAt + options.Value.Translate.Deadline;

    private static DesignRequest Request(StepContext context, IReadOnlyList<ServiceCharacteristic> characteristics)
    {
        var (service, good) = (context.Service, context.Situation.Good);
        return new(service.Id, service.Name, service.Born, characteristics, service.Revision + 1, good?.Design)
        {
            Places = good?.Places ?? new Dictionary<string, string>(),
            Avoided = Avoidance.Read(service.Avoided),
            Inactive = service.Inactive,
            Bad = chart => BadVersions.Of(service, chart),
        };
    }

    private async Task DesignAsync(StepContext context, DesignRequest request, Cause? cause, CancellationToken cancellationToken)
    {
        try
        {
            var design = await designer.DesignAsync(request, cancellationToken);
            if (cause is null)
            {
                await EnsureAgreedAsync(context, design.Intent, request.Characteristics, cancellationToken);
            }

            await StoreAsync(context, design, cause, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            await RefuseAsync(context, refusal.Message, cause, cancellationToken);
        }
        catch (Exception failure) when (cause is null && failure is not (OperationCanceledException or DbUpdateException) && IsOver(context.Service))
        {
            await RefuseAsync(context, failure.Message, null, cancellationToken);
        }
    }

    // What was delivered once is delivered again, to the byte; only Helm is told of a new revision.
    private async Task RollBackAsync(StepContext context, int target, CancellationToken cancellationToken)
    {
        var service = context.Service;
        var row = await context.Db.Revisions.AsNoTracking().Where(revision => revision.ServiceId == service.Id && revision.Number == target)
            .Select(revision => new { revision.Characteristics }).SingleOrDefaultAsync(cancellationToken);
        var known = row is null ? null : await designs.FindAsync(context.Db, service.Id, target, cancellationToken);
        if (known is null)
        {
            await RefuseAsync(context, $"revision {target} delivered nothing that could be put back", null, cancellationToken);
            return;
        }

        if (service.RollBackTo is not null && context.Situation.Good?.Design is { } left && left.ChartVersion != known.ChartVersion && known.Intent.UpdatePolicy == UpdatePolicy.Automatic)
        {
            BadVersions.Add(service, known.Intent.Chart, left.ChartVersion, "an operator went back from it", time.GetUtcNow());
        }

        service.Characteristics = row!.Characteristics;
        service.Inactive = known.Intent.Inactive;
        await StoreAsync(context, Again(context, await AvoidAsync(context, known, cancellationToken)), null, cancellationToken);
    }

    private Task<Design> AvoidAsync(StepContext context, Design design, CancellationToken cancellationToken)
    {
        var good = context.Situation.Good;
        var places = good?.Places ?? new Dictionary<string, string>();
        return designer.AvoidAsync(design, good?.Design, places, Avoidance.Read(context.Service.Avoided), cancellationToken);
    }

    private Design Again(StepContext context, Design design) =>
        design with
        {
            Helm = design.Helm is { } helm
                ? (helm with { Revision = context.Service.Revision + 1, At = time.GetUtcNow() }).After(context.Situation.Good?.Design?.Helm)
                : null,
        };

    private async Task StoreAsync(StepContext context, Design planned, Cause? cause, CancellationToken cancellationToken)
    {
        var good = context.Situation.Good;
        var unchanged = context.Situation.Current is { Stage: >= RevisionStage.Good } && good?.Design is { } held && held.DeliversSameAs(planned);
        var design = unchanged ? planned with { Helm = good!.Design!.Helm } : planned;
        var revision = Next(context, unchanged ? RevisionStage.Unchanged : RevisionStage.Rolling, time.GetUtcNow() + design.Intent.Deadline, design, cause);
        await ConcludeReplacedAsync(context, cancellationToken);
        if (unchanged)
        {
            revision.Places = Json.Write(good!.Places);
            revision.ConcludedAt = time.GetUtcNow();
            context.Service.Good = revision.Number;
        }

        await AddAsync(context, revision, design, unchanged ? Rollout.Unchanged : Rollout.Designed, cancellationToken);
    }

    private async Task RefuseAsync(StepContext context, string reason, Cause? cause, CancellationToken cancellationToken)
    {
        if (cause is not null && BadVersions.VersionOf(cause) is { } version && context.Situation.Good?.Design is { } held)
        {
            BadVersions.Add(context.Service, held.Intent.Chart, version, reason, time.GetUtcNow());
        }

        var stage = context.Situation.Good is null ? RevisionStage.Removing : RevisionStage.Restoring;
        var revision = Next(context, stage, time.GetUtcNow() + options.Value.SettleTime, null, cause);
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
        Characteristics = Json.Read<List<ServiceCharacteristic>>(revision.Characteristics),
        Stage = revision.Stage,
        Design = design,
        Places = Json.Read<Dictionary<string, string>>(revision.Places),
        Deadline = revision.Deadline,
    };

    private RevisionRecord Next(StepContext context, RevisionStage stage, DateTimeOffset deadline, Design? design = null, Cause? cause = null, bool isWithdrawal = false) => new()
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
        IsWithdrawal = isWithdrawal,
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
            RevisionStage.Restoring when current.IsWithdrawal => Rollout.Superseded,
            RevisionStage.Switching or RevisionStage.Settling => Rollout.Good,
            RevisionStage.Removing when context.Situation.Wish.Gone => Rollout.Superseded,
            _ => Rollout.Failed,
        };
        row.Stage = StageOf(rollout);
        row.ConcludedAt = time.GetUtcNow();
        if (rollout == Rollout.Superseded)
        {
            var reason = context.Service.Withdraws == current.Sequence ? Cancelled : null;
            Reporter.ReportSuperseded(context.Db, context.Service.Id, current.Sequence, current.Number, current.Cause, time.GetUtcNow(), reason);
        }
        else
        {
            reporter.Report(context.Db, context.Service, context.Situation, current, rollout, current.Reason);
        }
    }
}
