using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>
/// OCM's placement controller: writes a Placement's PlacementDecisions, then its status. It has one worker, as OCM's has; a negative
/// numberOfClusters makes that worker panic and be away for a second.
/// </summary>
internal sealed class PlacementController(ReconcileLoop loop, ObjectStore hub) : Controller
{
    private const int NameLimit = 63;
    private static readonly TimeSpan PanicPause = TimeSpan.FromSeconds(1);

    private readonly Lock _worker = new();
    private readonly HubIndex _index = new();
    private DateTimeOffset _awayUntil = DateTimeOffset.MinValue;

    public override IReadOnlyList<ResourceType> Watches =>
    [
        Kinds.Placements, Kinds.PlacementDecisions, Kinds.ManagedClusters, Kinds.ManagedClusterSets, Kinds.ManagedClusterSetBindings,
        Kinds.AddOnPlacementScores,
    ];

    public override void Observe(WatchEvent happened)
    {
        var changed = happened.Object!;
        if (changed.Type == Kinds.Placements)
        {
            loop.Enqueue(this, changed.Namespace, changed.Name);
        }
        else if (changed.Type == Kinds.PlacementDecisions)
        {
            _index.DecisionChanged(happened);
            if (changed.Labels.TryGetValue(Decisions.PlacementLabel, out var placement))
            {
                loop.Enqueue(this, changed.Namespace, placement);
            }
        }
        else if (changed.Type == Kinds.ManagedClusterSetBindings)
        {
            EnqueueAll(changed.Namespace);
        }
        else if (changed.Type != Kinds.ManagedClusters || _index.ClusterChanged(happened))
        {
            EnqueueAll(null);
        }
    }

    public override void Reconcile(string ns, string name)
    {
        lock (_worker)
        {
            if (loop.Now < _awayUntil)
            {
                loop.EnqueueAt(this, ns, name, _awayUntil);
                return;
            }

            if (hub.Find(Kinds.Placements, ns, name) is { Deleting: false } placement)
            {
                Schedule(placement);
            }
        }
    }

    private void Schedule(StoredObject stored)
    {
        var placement = stored.Read();
        if (placement.Str("metadata", "annotations", "cluster.open-cluster-management.io/experimental-scheduling-disable") == "true"
            || stored.Name.Length > NameLimit)
        {
            return;
        }

        if (placement.Int("spec", "numberOfClusters") < 0)
        {
            _awayUntil = loop.Now + PanicPause;
            return;
        }

        var decisions = new Decisions(hub, stored, _index.DecisionsOf(stored.Namespace, stored.Name));
        var outcome = Scheduler.Decide(View(placement, decisions));
        var groups = decisions.Write(outcome.Groups);
        hub.EditStatus(Kinds.Placements, stored.Namespace, stored.Name, status => Describe(status, outcome, groups));
        if (outcome.RecheckAt is { } at)
        {
            loop.EnqueueAt(this, stored.Namespace, stored.Name, at);
        }
    }

    private HubView View(JsonObject placement, Decisions decisions) => new(
        placement,
        [.. hub.List(Kinds.ManagedClusterSetBindings, placement.Namespace()).Items
            .Select(binding => hub.Find(Kinds.ManagedClusterSets, null, binding.Name)).OfType<StoredObject>().Select(set => set.Read())],
        _index.Clusters(),
        decisions.Clusters,
        _index.Counts(placement.Namespace(), decisions.Names),
        (cluster, name) => hub.Find(Kinds.AddOnPlacementScores, cluster, name)?.Read(),
        loop.Now);

    private void Describe(JsonObject status, Outcome outcome, JsonArray groups)
    {
        status.SetCondition(
            outcome.Misconfigured is { } problem
                ? new Condition("PlacementMisconfigured", "True", "Misconfigured", problem)
                : new Condition("PlacementMisconfigured", "False", "Succeedconfigured", "Placement configurations check pass"),
            loop.Now);
        var satisfied = outcome.Satisfied;
        status.SetCondition(
            new Condition("PlacementSatisfied", Condition.Text(satisfied.Holds), satisfied.Reason, satisfied.Message), loop.Now);
        status["decisionGroups"] = groups.DeepClone();

        // Absent until there is something to count; 0 only after it was more.
        if (outcome.Selected > 0 || status.ContainsKey("numberOfSelectedClusters"))
        {
            status["numberOfSelectedClusters"] = outcome.Selected;
        }
    }

    private void EnqueueAll(string? ns)
    {
        foreach (var placement in hub.List(Kinds.Placements, ns).Items)
        {
            loop.Enqueue(this, placement.Namespace, placement.Name);
        }
    }
}
