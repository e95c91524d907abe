using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NaaS.ClusterHub.Connection;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Report;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>Does the step that the planner chose. Rows are written before what they tell of, and removed after it is gone.</summary>
internal sealed partial class StepRunner(
    HubClient hub,
    RevisionMaker revisions,
    VersionLook versions,
    Reporter reporter,
    IOptions<FulfilmentOptions> options,
    IOptions<HubOptions> hubOptions,
    TimeProvider time,
    ILogger<StepRunner> logger)
{
    /// <summary>Does the step. Where the hub or another service stands against a revision that is rolling out, the revision is given up.</summary>
    public async Task RunAsync(StepContext context, NextStep step, CancellationToken cancellationToken)
    {
        using var span = step is NextStep.Wait ? null : Telemetry.Source.StartActivity(step.GetType().Name, ActivityKind.Internal, context.Situation.Wish.Cause.Trace);
        span?.SetTag("naas.service", context.Service.Id);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await DoAsync(context, step, cancellationToken);
            Telemetry.StepDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("step", step.GetType().Name));
        }
        catch (Exception exception) when (IsFinal(exception) && context.Situation.Current is { Stage: RevisionStage.Rolling })
        {
            context.Db.ChangeTracker.Clear();
            context.Service = await context.Db.Services.SingleAsync(service => service.Id == context.Situation.ServiceId, cancellationToken);
            await GiveUpAsync(context, new(exception.Message), cancellationToken);
        }
    }

    private static bool IsFinal(Exception exception) =>
        exception is HubRefusedException or HubForbiddenException or HubNotFoundException or ObjectTakenException;

    private Task DoAsync(StepContext context, NextStep step, CancellationToken cancellationToken) => step switch
    {
        NextStep.Wait wait => WaitAsync(context, wait, cancellationToken),
        NextStep.MakeRevision => revisions.MakeAsync(context, cancellationToken),
        NextStep.Withdraw => revisions.WithdrawAsync(context, cancellationToken),
        NextStep.Relocate relocation => revisions.RelocateAsync(context, relocation.Reason, cancellationToken),
        NextStep.LookForVersion => versions.LookAsync(context, cancellationToken),
        NextStep.Nudge nudge => NudgeAsync(nudge, cancellationToken),
        NextStep.Repair repair => RepairAsync(context, repair, cancellationToken),
        NextStep.BeginRemoval => revisions.BeginRemovalAsync(context, cancellationToken),
        NextStep.WritePlacements placements => WritePlacementsAsync(context, placements, cancellationToken),
        NextStep.PlaceGroups places => PlaceAsync(context, places, cancellationToken),
        NextStep.WriteWorks works => WriteWorksAsync(context, works, cancellationToken),
        NextStep.DeleteWorks works => DeleteAsync(HubResource.ManifestWorks, works.Works.Select(work => (work.Cluster, work.Name)), cancellationToken),
        NextStep.DeletePlacements old => DeleteAsync(HubResource.Placements, old.Names.Select(name => (hubOptions.Value.Namespace, name)), cancellationToken),
        NextStep.Forget gone => ForgetAsync(context, gone, cancellationToken),
        NextStep.WriteHook hook => WriteHookAsync(context, hook.Work, cancellationToken),
        NextStep.HookDone done => ChangeAsync(context, revision => Pass(revision, done), cancellationToken),
        NextStep.BecomeGood => BecomeGoodAsync(context, cancellationToken),
        NextStep.TakeAway => ChangeAsync(context, revision => revision.Stage = RevisionStage.Settling, cancellationToken),
        NextStep.GiveUp giveUp => GiveUpAsync(context, giveUp, cancellationToken),
        NextStep.Conclude conclusion => ConcludeAsync(context, conclusion, cancellationToken),
        _ => throw new InvalidOperationException($"unknown step {step}"),
    };

    private async Task WaitAsync(StepContext context, NextStep.Wait wait, CancellationToken cancellationToken)
    {
        var service = context.Service;
        service.WaitsForClusters = wait.Progress?.ForClusters ?? false;
        if (wait.Progress is { } progress)
        {
            reporter.Report(context.Db, service, context.Situation, context.Situation.Current!, progress.Rollout, progress.Reason);
        }

        if (wait.Standing is { } standing)
        {
            Stand(context, standing);
        }

        if (context.Db.ChangeTracker.HasChanges())
        {
            await SaveAsync(context, cancellationToken);
        }
    }

    private void Stand(StepContext context, Standing standing)
    {
        var (service, now) = (context.Service, time.GetUtcNow());
        service.UnreadySince = standing.Degraded is null ? null : service.UnreadySince ?? now;
        var isWorthTelling = standing.Degraded is null || now >= service.UnreadySince + options.Value.UnreadyTolerance;
        if (isWorthTelling && service.Degraded != standing.Degraded)
        {
            service.Degraded = standing.Degraded;
            reporter.ReportStanding(context.Db, service, context.Situation, null);
        }
    }

    private async Task RepairAsync(StepContext context, NextStep.Repair repair, CancellationToken cancellationToken)
    {
        LogDrift(context.Service.Id, repair.What);
        reporter.ReportStanding(context.Db, context.Service, context.Situation, repair.What);
        await SaveAsync(context, cancellationToken);
        await Task.WhenAll(repair.Works.Select(work => hub.ApplyAsync(HubResource.ManifestWorks, work.ToObject(repair.Mark), cancellationToken)));
    }

    private static void Pass(RevisionRecord revision, NextStep.HookDone done)
    {
        revision.HooksDone = done.Count;
        revision.Reason = done.Complaint is null ? revision.Reason : revision.Reason is null ? done.Complaint : $"{revision.Reason}; {done.Complaint}";
    }

    private async Task WritePlacementsAsync(StepContext context, NextStep.WritePlacements placements, CancellationToken cancellationToken)
    {
        var names = placements.Groups.ToDictionary(group => WorkNames.Placement(context.Service.Id, group.Name, group.Rule));
        await AddHubObjectsAsync(context, HubObjectKind.Placement, names.Keys.Select(name => (hubOptions.Value.Namespace, name)), cancellationToken);
        await SaveAsync(context, cancellationToken);
        foreach (var (name, group) in names)
        {
            foreach (var set in group.Rule.Spec["clusterSets"]?.AsArray() ?? [])
            {
                await hub.EnsureBindingAsync(hubOptions.Value.Namespace, (string)set!, cancellationToken);
            }

            var labels = new Dictionary<string, string> { [HubLabels.Service] = context.Service.Id.ToString(), [HubLabels.Group] = group.Name };
            await hub.ApplyPlacementAsync(hubOptions.Value.Namespace, name, labels, group.Rule.Spec, cancellationToken);
        }
    }

    private async Task PlaceAsync(StepContext context, NextStep.PlaceGroups places, CancellationToken cancellationToken)
    {
        var revision = await CurrentAsync(context, cancellationToken);
        revision.Places = Json.Write(places.Places);
        context.Service.WaitsForClusters = false;
        reporter.Report(
            context.Db, context.Service, context.Situation, context.Situation.Current! with { Places = places.Places }, Rollout.Placed, null);
        await SaveAsync(context, cancellationToken);
    }

    private async Task WriteWorksAsync(StepContext context, NextStep.WriteWorks step, CancellationToken cancellationToken)
    {
        await LedgerStorage.EnsureFreeAsync(context.Db, context.Service.Id, step.Ledger, cancellationToken);
        await LedgerStorage.StoreAsync(context.Db, context.Service.Id, step.Ledger, cancellationToken);
        context.Service.Deliveries = step.Ledger.Deliveries;
        await AddHubObjectsAsync(context, HubObjectKind.Work, step.Works.Select(work => (work.Cluster, work.Name)), cancellationToken);
        await SaveAsync(context, cancellationToken);
        await Task.WhenAll(step.Works.Select(work => hub.ApplyAsync(HubResource.ManifestWorks, Traced(work), cancellationToken)));
        foreach (var work in step.Works)
        {
            LogWritten(context.Service.Id, work.Name, work.Cluster);
            Telemetry.Deliveries.Add(1, new KeyValuePair<string, object?>("cluster", work.Cluster));
        }
    }

    // Whoever looks at the work finds the order's trace.
    private static JsonObject Traced(WorkManifest work)
    {
        var applied = work.ToObject();
        if (Activity.Current?.Id is { } trace)
        {
            applied["metadata"]!["annotations"] = new JsonObject { [HubLabels.Trace] = trace };
        }

        return applied;
    }

    private async Task NudgeAsync(NextStep.Nudge nudge, CancellationToken cancellationToken)
    {
        foreach (var work in nudge.Works)
        {
            await hub.ApplyAsync(HubResource.ManifestWorks, work.ToObject(nudge.Mark), cancellationToken);
        }
    }

    private async Task DeleteAsync(HubResource resource, IEnumerable<(string Namespace, string Name)> objects, CancellationToken cancellationToken)
    {
        foreach (var (ns, name) in objects)
        {
            await hub.DeleteAsync(resource, ns, name, cancellationToken);
            LogDeleted(resource.Kind, ns, name);
        }
    }

    private async Task ForgetAsync(StepContext context, NextStep.Forget gone, CancellationToken cancellationToken)
    {
        await LedgerStorage.StoreAsync(context.Db, context.Service.Id, gone.Ledger, cancellationToken);
        var works = gone.Works.Select(work => (WorkNames.PartOf(work.Name) is null ? HubObjectKind.Hook : HubObjectKind.Work, work.Cluster, work.Name));
        var placements = gone.Placements.Select(name => (HubObjectKind.Placement, hubOptions.Value.Namespace, name));
        foreach (var (kind, ns, name) in works.Concat(placements))
        {
            context.Db.HubObjects.Remove(new() { ServiceId = context.Service.Id, Kind = kind, Namespace = ns, Name = name });
        }

        await SaveAsync(context, cancellationToken);
    }

    private async Task WriteHookAsync(StepContext context, WorkManifest work, CancellationToken cancellationToken)
    {
        await AddHubObjectsAsync(context, HubObjectKind.Hook, [(work.Cluster, work.Name)], cancellationToken);
        await SaveAsync(context, cancellationToken);
        await hub.ApplyAsync(HubResource.ManifestWorks, Traced(work), cancellationToken);
        LogWritten(context.Service.Id, work.Name, work.Cluster);
    }

    private async Task ChangeAsync(StepContext context, Action<RevisionRecord> change, CancellationToken cancellationToken)
    {
        change(await CurrentAsync(context, cancellationToken));
        await SaveAsync(context, cancellationToken);
    }

    private async Task BecomeGoodAsync(StepContext context, CancellationToken cancellationToken)
    {
        var revision = await CurrentAsync(context, cancellationToken);
        revision.Stage = RevisionStage.Switching;
        revision.Deadline = time.GetUtcNow() + options.Value.SettleTime;
        context.Service.Good = revision.Number;
        await SaveAsync(context, cancellationToken);
    }

    private async Task GiveUpAsync(StepContext context, NextStep.GiveUp step, CancellationToken cancellationToken)
    {
        var (reason, now) = (step.Reason, time.GetUtcNow());
        var revision = await CurrentAsync(context, cancellationToken);
        revision.Stage = context.Situation.Good is null ? RevisionStage.Removing : RevisionStage.Restoring;
        revision.Reason = reason;
        revision.HooksDone = 0;
        revision.Deadline = now + options.Value.SettleTime;
        (context.Service.AbortedRevision, context.Service.AbortReason) = (null, null);
        context.Service.WaitsForClusters = false;
        context.Service.Avoided = Avoidance.Write(
            [.. Avoidance.Read(context.Service.Avoided), .. step.Failed.Select(failed => new AvoidedCluster(failed.Component, failed.Cluster, now + options.Value.Avoidance))], now);
        await SaveAsync(context, cancellationToken);
        LogGaveUp(context.Service.Id, revision.Number, reason);
    }

    private async Task ConcludeAsync(StepContext context, NextStep.Conclude conclusion, CancellationToken cancellationToken)
    {
        var current = context.Situation.Current!;
        reporter.Report(context.Db, context.Service, context.Situation, current, conclusion.Rollout, current.Reason);
        var revision = await CurrentAsync(context, cancellationToken);
        revision.Stage = RevisionMaker.StageOf(conclusion.Rollout);
        revision.ConcludedAt = time.GetUtcNow();
        if (conclusion.Rollout == Rollout.Failed && BadVersions.VersionOf(current.Cause) is { } version && current.Design is { } design)
        {
            BadVersions.Add(context.Service, design.Intent.Chart, version, current.Reason ?? "", time.GetUtcNow());
        }

        if (conclusion.Rollout == Rollout.Terminated)
        {
            context.Service.Good = null;
        }

        await SaveAsync(context, cancellationToken);
        Telemetry.Revisions.Add(1, new KeyValuePair<string, object?>("outcome", conclusion.Rollout.ToString()));
        LogConcluded(context.Service.Id, revision.Number, conclusion.Rollout);
    }

    private static Task<RevisionRecord> CurrentAsync(StepContext context, CancellationToken cancellationToken) =>
        context.Db.Revisions.SingleAsync(
            revision => revision.ServiceId == context.Service.Id && revision.Number == context.Situation.Current!.Number, cancellationToken);

    private static async Task AddHubObjectsAsync(
        StepContext context, HubObjectKind kind, IEnumerable<(string Namespace, string Name)> objects, CancellationToken cancellationToken)
    {
        var known = await context.Db.HubObjects.AsNoTracking().Where(o => o.ServiceId == context.Service.Id && o.Kind == kind)
            .Select(o => new { o.Namespace, o.Name }).ToListAsync(cancellationToken);
        foreach (var (ns, name) in objects.Where(o => !known.Exists(row => row.Namespace == o.Namespace && row.Name == o.Name)))
        {
            context.Db.HubObjects.Add(new() { ServiceId = context.Service.Id, Kind = kind, Namespace = ns, Name = name });
        }
    }

    private Task SaveAsync(StepContext context, CancellationToken cancellationToken) =>
        context.SaveAsync(time.GetUtcNow() + options.Value.Lease, cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Service {Service}: wrote work {Work} for cluster {Cluster}")]
    private partial void LogWritten(Guid service, string work, string cluster);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Kind} {Namespace}/{Name}")]
    private partial void LogDeleted(string kind, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service}: put right what somebody else changed: {What}")]
    private partial void LogDrift(Guid service, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service}: revision {Revision} given up: {Reason}")]
    private partial void LogGaveUp(Guid service, int revision, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Service {Service}: revision {Revision} concluded as {Rollout}")]
    private partial void LogConcluded(Guid service, int revision, Rollout rollout);
}
