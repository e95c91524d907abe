using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;
using NaaS.ClusterHub.Objects;
using NaaS.ClusterHub.Placements;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Storage;
using NaaS.Fulfilment.Tests.Place;

namespace NaaS.Fulfilment.Tests.Reconcile;

/// <summary>
/// A service, a store, a hub and three clusters in memory. The planner decides; what it decides is done here as <see cref="StepRunner"/> does it, one
/// effect at a time, and the world's own parts (scheduler, agents, pods) move when the test lets them.
/// </summary>
internal sealed class PlannerWorld
{
    private readonly Dictionary<string, PlacementGroup> placements = [];
    private readonly Dictionary<WorkId, SimulatedWork> works = [];
    private readonly Dictionary<(string Cluster, ObjectKey Key), SimulatedObject> objects = [];
    private readonly HashSet<string> placementRows = [];
    private readonly HashSet<WorkId> workRows = [];
    private readonly List<Revision> revisions = [];
    private readonly Dictionary<int, RevisionStage> outcomes = [];
    private int? good;
    private Ledger ledger = Ledger.Empty;
    private Wish wish = new(0, false, new(CauseKind.Order, "order"));
    private Designs? wanted;
    private long? withdrawn;

    public Dictionary<string, ManagedCluster> Clusters { get; } = new() { ["c1"] = Place.Clusters.C1, ["c2"] = Place.Clusters.C2, ["c3"] = Place.Clusters.C3 };

    public HashSet<string> SilentAgents { get; } = [];

    public Random? Random { get; init; }

    public bool SchedulerMisconfigured { get; set; }

    public bool SchedulerSilent { get; set; }

    public DateTimeOffset Now { get; private set; } = Place.Clusters.Now;

    public List<(long Sequence, Rollout Rollout, string? Reason)> Conclusions { get; } = [];

    public List<NextStep> Steps { get; } = [];

    public IEnumerable<string> Running(string workload) =>
        objects.Where(o => o.Key.Key.Name == workload && o.Key.Key.Kind is "Deployment" or "StatefulSet" && o.Key.Key.Name == workload).Select(o => o.Key.Cluster).Order();

    public bool Serves(string workload) => objects.Any(o => o.Key.Key.Name == workload && o.Value.Serves);

    /// <summary>Whether each ready caller reaches ready pods through the Service on its cluster.</summary>
    public bool Answers(string caller, string service) => objects.Where(o => o.Key.Key.Kind == "Deployment" && o.Key.Key.Name == caller && o.Value.Serves).All(o =>
        On(o.Key.Cluster, "Service", service) is { } there
        && ((string?)there["spec"]!["type"] == "ExternalName"
            ? objects.Any(other => other.Key.Key.Kind == "ServiceExport" && other.Key.Key.Name == service && IsReady(other.Key.Cluster, service))
            : IsReady(o.Key.Cluster, service)));

    private bool IsReady(string cluster, string workload) => objects.Any(o => o.Key.Cluster == cluster && o.Key.Key.Kind == "Deployment" && o.Key.Key.Name == workload && o.Value.Serves);

    public JsonObject? On(string cluster, string kind, string name) => objects.FirstOrDefault(o => o.Key.Cluster == cluster && o.Key.Key.Kind == kind && o.Key.Key.Name == name).Value?.Manifest;

    public bool IsEmpty => placements.Count == 0 && works.Count == 0 && objects.Count == 0 && placementRows.Count == 0 && workRows.Count == 0 && ledger.Entries.Count == 0;

    public string State => string.Join(", ", objects.Keys.Where(key => key.Key.Kind is "Deployment" or "StatefulSet").Select(key => $"{key.Key.Name}@{key.Cluster}").Order(StringComparer.Ordinal));

    public int Works => works.Count;

    public int Placements => placements.Count;

    public void Want(Designs? design)
    {
        (wanted, withdrawn) = (design, null);
        wish = new(wish.Sequence + 1, design is null, wish.Cause);
    }

    /// <summary>
    /// Saves what the store says. What comes back puts that into the store again, while hub and clusters have gone on, and adopts what is on the hub.
    /// </summary>
    public Action Save()
    {
        var (savedRevisions, savedGood, savedWish, savedLedger) = (revisions.ToList(), good, wish, ledger);
        var (savedPlacements, savedWorks) = (placementRows.ToList(), workRows.ToList());
        return () =>
        {
            (good, wish, ledger) = (savedGood, savedWish, savedLedger);
            revisions.Clear();
            revisions.AddRange(savedRevisions);
            placementRows.Clear();
            placementRows.UnionWith(savedPlacements.Concat(placements.Keys));
            workRows.Clear();
            workRows.UnionWith(savedWorks.Concat(works.Keys));
        };
    }

    /// <summary>Whether calling the newest change back leads to a good revision. The first change is called back by the end of the service.</summary>
    public bool CanWithdraw => good is not null && revisions.FirstOrDefault(revision => revision.Sequence == wish.Sequence) is not { Before: null };

    /// <summary>Calls the newest change back.</summary>
    public void Withdraw()
    {
        withdrawn = wish.Sequence;
        wish = new(wish.Sequence + 1, false, wish.Cause);
    }

    public (Rollout Rollout, string? Reason) Outcome => (Conclusions[^1].Rollout, Conclusions[^1].Reason);

    /// <summary>Runs until there is nothing to do and nothing moves, past deadlines if it has to. Checks after each effect that no component lost its last ready copy.</summary>
    public (Rollout Rollout, string? Reason) Settle(int most = 2000)
    {
        for (var i = 0; i < most; i++)
        {
            var step = Step();
            if (step is not NextStep.Wait wait)
            {
                continue;
            }

            if (Move())
            {
                continue;
            }

            if (revisions.Count > 0 && revisions[^1].Stage >= RevisionStage.Good && wish.Sequence == revisions[^1].Sequence)
            {
                return Outcome;
            }

            if (wait.Until == DateTimeOffset.MaxValue)
            {
                break;
            }

            Now = wait.Until;
        }

        throw new InvalidOperationException($"does not settle: stage {revisions[^1].Stage}, last steps {string.Join(", ", Steps.TakeLast(8).Select(step => step.GetType().Name))}; {State}");
    }

    /// <summary>One look: decides, and does what was decided; an effect on the hub may be lost, as if the worker had died between store and hub.</summary>
    public NextStep Step(bool dies = false)
    {
        var step = Planner.Next(Read());
        Steps.Add(step);
        Do(step, dies);
        return step;
    }

    /// <summary>Lets one agent or one workload do one thing; false where nothing was left to do.</summary>
    public bool Move()
    {
        var serving = Serving();
        var moved = MoveOn();
        if (revisions.Count > 0 && revisions[^1].Stage != RevisionStage.Removing)
        {
            serving.Intersect(GoodComponents()).Except(Serving()).ShouldBeEmpty($"a component lost its last ready copy; {State}");
        }

        return moved;
    }

    private bool MoveOn()
    {
        var possible = works.Where(work => !SilentAgents.Contains(work.Key.Cluster) && work.Value.IsPending).Select(work => (Action)(() => Agent(work.Key, work.Value)))
            .Concat(objects.Values.Where(o => !o.IsUpToDate).Select(o => (Action)(() => o.Run())))
            .ToList();
        if (possible.Count == 0)
        {
            return false;
        }

        possible[Random?.Next(possible.Count) ?? 0]();
        return true;
    }

    private HashSet<string> Serving() => [.. objects.Where(o => o.Value.Serves && o.Key.Key.Kind is "Deployment" or "StatefulSet").Select(o => o.Key.Key.Name)];

    private HashSet<string> GoodComponents()
    {
        // What the newest revision no longer has may go, once that revision is the good one.
        var held = revisions.FirstOrDefault(revision => revision.Number == good)?.Design;
        return held is null ? [] : [.. held.Groups.SelectMany(group => group.Components).Select(component => component.Workload.Name)];
    }

    private void Agent(WorkId id, SimulatedWork work)
    {
        if (work.Deleting)
        {
            works.Remove(id);
            CollectGarbage(id.Cluster);
            return;
        }

        work.Applied = work.Generation;
        foreach (var manifest in Manifests(work))
        {
            var key = (id.Cluster, ObjectKey.Of(manifest));
            if (!objects.TryGetValue(key, out var there) || !JsonNode.DeepEquals(there.Manifest, manifest))
            {
                objects[key] = new(manifest, there);
            }
        }

        CollectGarbage(id.Cluster);
    }

    private void CollectGarbage(string cluster)
    {
        var owned = works.Where(work => work.Key.Cluster == cluster).SelectMany(work => Manifests(work.Value)).Select(ObjectKey.Of).ToHashSet();
        foreach (var key in objects.Keys.Where(key => key.Cluster == cluster && !owned.Contains(key.Key)).ToList())
        {
            objects.Remove(key);
        }
    }

    private static IEnumerable<JsonObject> Manifests(SimulatedWork work) => work.Spec["workload"]!["manifests"]!.AsArray().Cast<JsonObject>();

    private Situation Read()
    {
        var current = revisions.LastOrDefault();
        var held = revisions.FirstOrDefault(revision => revision.Number == good);
        return new()
        {
            ServiceId = Designs.Service,
            Now = Now,
            Wish = wish with { Withdrawal = Withdrawn(current) },
            Current = current,
            Good = held,
            Replaced = revisions.FirstOrDefault(revision => revision.Number == current?.Before),
            Placements = placementRows.ToDictionary(name => name, name => placements.TryGetValue(name, out var group) ? Decide(name, group) : null),
            Verdicts = (current is { Stage: >= RevisionStage.Good } ? held : current)?.Design?.Groups.ToDictionary(
                group => group.Name,
                group => (IReadOnlyDictionary<string, RuleVerdict>)Clusters.Values.ToDictionary(
                    cluster => cluster.Name, cluster => RuleEvaluator.Evaluate(group.Rule, cluster, Now, held?.Places.GetValueOrDefault(group.Name) == cluster.Name))) ?? [],
            Works = Delivered(id => WorkNames.PartOf(id.Name) is not null),
            Hooks = Delivered(id => WorkNames.PartOf(id.Name) is null),
            Ledger = ledger,
        };
    }

    private Withdrawal? Withdrawn(Revision? current)
    {
        if (withdrawn is null || wish.Sequence == current?.Sequence)
        {
            return null;
        }

        var made = revisions.FirstOrDefault(revision => revision.Sequence == withdrawn);
        return new(made is null ? good : made.Before);
    }

    private Dictionary<WorkId, DeliveredWork?> Delivered(Func<WorkId, bool> which) =>
        workRows.Where(which).ToDictionary(id => id, id => works.TryGetValue(id, out var work) ? DeliveredWork.Of(work.ToObject(id, Status(id, work))) : null);

    private PlacementState Decide(string name, PlacementGroup group)
    {
        if (SchedulerMisconfigured)
        {
            return new(name, [], "TaintToleration:bad", "NoManagedClusterMatched: bad");
        }

        var fits = Clusters.Values.Where(cluster => RuleEvaluator.Evaluate(group.Rule, cluster, Now).Satisfied).Select(cluster => cluster.Name).Order().ToList();
        return SchedulerSilent ? new(name, [], null, null) : new(name, [.. fits.Take(1)], null, fits.Count > 0 ? null : "NoManagedClusterMatched: none");
    }

    private void Do(NextStep step, bool dies)
    {
        switch (step)
        {
            case NextStep.MakeRevision:
                Make();
                break;
            case NextStep.Withdraw:
                var back = revisions.First(revision => revision.Number == good);
                var wasPlaced = revisions[^1] is { Stage: RevisionStage.Rolling, IsPlaced: true };
                Conclude(Rollout.Superseded, only: stage => stage < RevisionStage.Good);
                revisions.Add(New(wasPlaced ? back.Design : null, RevisionStage.Restoring) with { Places = back.Places, IsWithdrawal = true, Deadline = Now.AddMinutes(2) });
                break;
            case NextStep.Relocate:
                var design = revisions.First(revision => revision.Number == good).Design;
                revisions.Add(New(design, RevisionStage.Rolling) with { Cause = new(CauseKind.Worker, "relocation") });
                break;
            case NextStep.Nudge:
                break;
            case NextStep.Repair repair:
                foreach (var work in dies ? [] : repair.Works)
                {
                    Write(work);
                }

                break;
            case NextStep.BeginRemoval:
                Conclude(Rollout.Superseded, only: stage => stage < RevisionStage.Good);
                revisions.Add(New(null, RevisionStage.Removing));
                break;
            case NextStep.WritePlacements write:
                foreach (var group in write.Groups)
                {
                    var name = WorkNames.Placement(Designs.Service, group.Name, group.Rule);
                    name.Length.ShouldBeLessThanOrEqualTo(63);
                    placementRows.Add(name);
                    if (!dies)
                    {
                        placements[name] = group;
                    }
                }

                break;
            case NextStep.PlaceGroups places:
                Change(revision => revision with { Places = places.Places });
                break;
            case NextStep.WriteWorks write:
                ledger = write.Ledger;
                workRows.UnionWith(write.Works.Select(Id));
                foreach (var work in dies ? [] : write.Works)
                {
                    Write(work);
                }

                break;
            case NextStep.WriteHook hook:
                workRows.Add(Id(hook.Work));
                if (!dies)
                {
                    Write(hook.Work);
                }

                break;
            case NextStep.HookDone done:
                Change(revision => revision with { HooksDone = done.Count, Reason = done.Complaint ?? revision.Reason });
                break;
            case NextStep.DeleteWorks delete:
                foreach (var id in dies ? [] : delete.Works)
                {
                    works[id].Deleting = true;
                }

                break;
            case NextStep.DeletePlacements delete:
                foreach (var name in dies ? [] : delete.Names)
                {
                    placements.Remove(name);
                }

                break;
            case NextStep.Forget forget:
                ledger = forget.Ledger;
                workRows.ExceptWith(forget.Works);
                placementRows.ExceptWith(forget.Placements);
                break;
            case NextStep.BecomeGood:
                good = revisions[^1].Number;
                Change(revision => revision with { Stage = RevisionStage.Switching, Deadline = Now.AddMinutes(2) });
                break;
            case NextStep.TakeAway:
                Change(revision => revision with { Stage = RevisionStage.Settling });
                break;
            case NextStep.GiveUp giveUp:
                Change(revision => revision with { Stage = good is null ? RevisionStage.Removing : RevisionStage.Restoring, Reason = giveUp.Reason, HooksDone = 0, Deadline = Now.AddMinutes(2) });
                break;
            case NextStep.Conclude conclude:
                good = conclude.Rollout == Rollout.Terminated ? null : good;
                Conclude(conclude.Rollout, only: _ => true);
                break;
        }
    }

    private void Make()
    {
        var held = revisions.FirstOrDefault(revision => revision.Number == good);
        var design = Withdrawn(revisions.LastOrDefault()) is { Before: { } before } ? revisions.First(revision => revision.Number == before).Design! : wanted!.Build(held?.Design);
        var settled = revisions.Count == 0 || revisions[^1].Stage >= RevisionStage.Good;
        Conclude(Rollout.Superseded, only: stage => stage < RevisionStage.Good);
        if (settled && held?.Design is { } running && running.DeliversSameAs(design))
        {
            revisions.Add(New(design, RevisionStage.Unchanged) with { Places = held.Places });
            good = revisions[^1].Number;
            Conclude(Rollout.Unchanged, only: _ => true);
            return;
        }

        revisions.Add(New(design, RevisionStage.Rolling));
    }

    private Revision New(Design? design, RevisionStage stage) => new()
    {
        Number = revisions.Count + 1,
        Sequence = wish.Sequence,
        Cause = wish.Cause,
        Stage = stage,
        Design = design,
        Before = good,
        Deadline = design is null ? DateTimeOffset.MaxValue : Now + design.Intent.Deadline,
    };

    private void Conclude(Rollout rollout, Func<RevisionStage, bool> only)
    {
        if (revisions.Count > 0 && only(revisions[^1].Stage))
        {
            Conclusions.Add((revisions[^1].Sequence, rollout, revisions[^1].Reason));
            Change(revision => revision with { Stage = RevisionMaker.StageOf(rollout), ConcludedAt = Now });
        }
    }

    private void Change(Func<Revision, Revision> change) => revisions[^1] = change(revisions[^1]);

    private void Write(WorkManifest work)
    {
        if (!works.TryGetValue(Id(work), out var there))
        {
            works[Id(work)] = there = new();
        }

        there.Deleting.ShouldBeFalse("a work that is being deleted was written");
        work.Name.Length.ShouldBeLessThanOrEqualTo(63);
        there.Spec = (JsonObject)work.Spec.DeepClone();
        there.Generation++;
    }

    private static WorkId Id(WorkManifest work) => new(work.Cluster, work.Name);

    private JsonArray Status(WorkId id, SimulatedWork work) =>
        work.Applied == 0
            ? []
            : new([.. Manifests(work).Select(manifest => (id.Cluster, ObjectKey.Of(manifest))).Where(objects.ContainsKey).Select(key => Status(key.Item2, objects[key], work))]);

    private static JsonObject Status(ObjectKey key, SimulatedObject o, SimulatedWork work) => new()
    {
        ["resourceMeta"] = new JsonObject { ["group"] = key.Group, ["kind"] = key.Kind, ["namespace"] = key.Namespace, ["name"] = key.Name },
        ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Applied", ["status"] = "True", ["observedGeneration"] = work.Applied }),
        ["statusFeedback"] = new JsonObject { ["values"] = o.Feedback() },
    };
}

internal sealed class SimulatedWork
{
    public JsonObject Spec { get; set; } = [];

    public long Generation { get; set; }

    public long Applied { get; set; }

    public bool Deleting { get; set; }

    public bool IsPending => Deleting || Applied != Generation;

    public JsonObject ToObject(WorkId id, JsonArray status)
    {
        var work = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = id.Name, ["namespace"] = id.Cluster, ["generation"] = Generation },
            ["spec"] = Spec.DeepClone(),
        };
        if (Deleting)
        {
            work["metadata"]!["deletionTimestamp"] = "2026-11-24T09:00:00Z";
        }

        if (Applied > 0)
        {
            work["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Applied", ["status"] = "True", ["observedGeneration"] = Applied }),
                ["resourceStatus"] = new JsonObject { ["manifests"] = status },
            };
        }

        return work;
    }
}

/// <summary>An object on a cluster: a changed workload goes on serving with its old pods until the new ones are ready.</summary>
internal sealed class SimulatedObject(JsonObject manifest, SimulatedObject? before)
{
    public JsonObject Manifest { get; } = (JsonObject)manifest.DeepClone();

    public bool Serves { get; set; } = before?.Serves ?? false;

    public bool IsUpToDate { get; set; }

    public bool CanRun => Manifest["spec"]?["template"] is null || !Manifest.ToJsonString().Contains("does-not-exist", StringComparison.Ordinal);

    private string Kind => (string)Manifest["kind"]!;

    public void Run()
    {
        IsUpToDate = true;
        Serves |= CanRun;
    }

    public JsonArray Feedback()
    {
        var number = (string?)Manifest["metadata"]?["annotations"]?[HubLabels.Revision];
        var wanted = Manifest["spec"]?["replicas"]?.ToJsonString() ?? "1";
        var ready = IsUpToDate && CanRun;
        List<(string, string)> values = [("revision", number ?? "0"), ("generation", "1"), ("observedGeneration", IsUpToDate ? "1" : "0"), ("wanted", wanted)];
        if (ready)
        {
            values.AddRange([("replicas", wanted), ("updated", wanted), ("ready", wanted), ("available", wanted), ("current", wanted), ("Available", "True"), ("ProgressingReason", "NewReplicaSetAvailable")]);
            values.AddRange([("Complete", Kind == "Job" ? "True" : ""), ("phase", Kind == "PersistentVolumeClaim" ? "Bound" : "Running")]);
        }
        else if (Kind == "Job" && IsUpToDate)
        {
            values.AddRange([("Failed", "True"), ("FailedReason", "BackoffLimitExceeded")]);
        }

        return new([.. values.Where(value => value.Item2.Length > 0).Select(Value)]);
    }

    private static JsonObject Value((string Name, string Text) value) => new()
    {
        ["name"] = value.Name,
        ["fieldValue"] = long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new JsonObject { ["type"] = "Integer", ["integer"] = number }
            : new JsonObject { ["type"] = "String", ["string"] = value.Text },
    };
}
