using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Controllers.Works.Rights;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>Applies a work's manifests and writes the conditions Applied; deletes what the work no longer names once all is applied.</summary>
internal sealed class WorkApplyController(
    ReconcileLoop loop, ObjectStore hub, SimulatedCluster cluster, AgentOptions options, AgentRights rights, WorkIndex index, WorkStatusController status) : Controller
{
    public const string Finalizer = "cluster.open-cluster-management.io/manifest-work-cleanup";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ExecutorRetry = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _applied = new(StringComparer.Ordinal);

    public override IReadOnlyList<ResourceType> Watches => [];

    public override void Observe(WatchEvent happened)
    {
    }

    /// <summary>Forgets earlier failures: spec or labels changed.</summary>
    public void StartAfresh(string work) => _failures.TryRemove(work, out _);

    /// <summary>An object of the work was changed or deleted by somebody: the next re-sync finds out. Nothing is due while nothing changes.</summary>
    public void ResyncLater(string work)
    {
        if (_applied.TryGetValue(work, out var last))
        {
            loop.EnqueueAt(this, cluster.Name, work, Rhythm.Next(last, loop.Now, options.Resync, 0.5, work));
        }
    }

    public override void Reconcile(string ns, string name)
    {
        if (cluster.Faults.WorkAgentDown || hub.Find(Kinds.ManifestWorks, ns, name) is not { Deleting: false } stored)
        {
            return;
        }

        if (!stored.Finalizers.Contains(Finalizer))
        {
            hub.EditIfThere(Kinds.ManifestWorks, ns, name, AddFinalizer, Owners.Agent);
            return;
        }

        var work = stored.Read();
        if (AppliedWork.NameOf(name) is { } appliedName && !work.ConditionIsTrue("Complete"))
        {
            Apply(stored, work, AppliedWork.Ensure(cluster.Store, appliedName, $"agent-{cluster.Name}"));
        }
    }

    private void Apply(StoredObject stored, JsonObject work, StoredObject applied)
    {
        var spec = work["spec"];
        var manifests = spec.Items("workload", "manifests").OfType<JsonObject>().ToList();
        var done = CompletedManifests(work);
        var applier = new ManifestApplier(cluster, rights, applied, spec);
        var results = new ApplyResult?[manifests.Count];
        foreach (var (place, manifest) in manifests.Index().OrderBy(pair => ApplyOrder.Rank(pair.Item.Kind())).ThenBy(pair => pair.Index))
        {
            var id = ManifestId.Of(manifest, cluster.Store.FindKind(manifest.Str("apiVersion") ?? "", manifest.Kind()));
            results[place] = done.Contains(id) ? new ApplyResult(id, null, Retry.None) : applier.Apply(manifest);
        }

        var all = results.OfType<ApplyResult>().ToList();
        _applied[stored.Name] = loop.Now;
        index.Set(stored.Name, all.Where(result => result.Id.Resource.Length > 0)
            .Select(result => (result.Id, ManifestConfig.Of(spec, result.Id).Watch)));
        hub.EditStatus(Kinds.ManifestWorks, stored.Namespace, stored.Name, status => Describe(status, all, done, stored.Generation), "work-agent");
        loop.Enqueue(status, stored.Namespace, stored.Name);
        Plan(stored.Name, all);
        SyncResources(applied, all);
    }

    // As in OCM nothing is noted or removed while one of the objects cannot even be read.
    private void SyncResources(StoredObject applied, List<ApplyResult> results)
    {
        var resources = new List<AppliedResource>();
        foreach (var id in results.Select(result => result.Id).Where(id => id.Resource.Length > 0 && id.Name.Length > 0))
        {
            var type = cluster.Store.FindType(id.Group, id.Resource);
            if (type is null || cluster.Faults.ApiDown)
            {
                return;
            }

            try
            {
                rights.Check("get", type, id.Namespace, id.Name);
            }
            catch (ApiStatusException)
            {
                return;
            }

            if (cluster.Store.Find(type, id.Namespace, id.Name) is { } found)
            {
                resources.Add(new AppliedResource(id.Group, id.Version, id.Resource, id.Namespace, id.Name, found.Uid));
            }
        }

        AppliedWork.Sync(cluster.Store, cluster.Store.Get(Kinds.AppliedManifestWorks, null, applied.Name), resources);
    }

    private void Plan(string work, List<ApplyResult> results)
    {
        if (results.TrueForAll(result => result.Error is null))
        {
            _failures.TryRemove(work, out _);
            return;
        }

        ResyncLater(work);
        if (results.Exists(result => result.Again == Retry.Minute))
        {
            loop.EnqueueAt(this, cluster.Name, work, loop.Now + ExecutorRetry);
        }

        if (results.Exists(result => result.Again == Retry.Backoff))
        {
            var failures = _failures.AddOrUpdate(work, 1, (_, before) => before + 1);
            var wait = FirstRetry * Math.Pow(2, Math.Min(failures - 1, 24));
            loop.EnqueueAt(this, cluster.Name, work, loop.Now + (wait < options.LongestRetry ? wait : options.LongestRetry));
        }
    }

    private void Describe(JsonObject status, IReadOnlyList<ApplyResult> results, HashSet<ManifestId> done, long generation)
    {
        var before = status.Items("resourceStatus", "manifests").OfType<JsonObject>()
            .GroupBy(entry => ManifestId.OfMeta(entry["resourceMeta"])).ToDictionary(group => group.Key, group => group.First());
        var manifests = new JsonArray();
        foreach (var (ordinal, result) in results.Index())
        {
            var entry = before.TryGetValue(result.Id, out var known)
                ? known.Copy() : new JsonObject { ["conditions"] = new JsonArray(), ["statusFeedback"] = new JsonObject() };
            entry["resourceMeta"] = result.Id.ToMeta(ordinal);
            if (!done.Contains(result.Id))
            {
                entry.MoveCondition(AppliedCondition(result, generation), loop.Now);
            }

            manifests.Add((JsonNode)entry);
        }

        status.Need("resourceStatus")["manifests"] = manifests;
        status.SetCondition(
            results.All(result => result.Error is null)
                ? new Condition("Applied", "True", "AppliedManifestWorkComplete", "Apply manifest work complete", generation)
                : new Condition("Applied", "False", "AppliedManifestWorkFailed", "Failed to apply manifest work", generation),
            loop.Now);
    }

    private static Condition AppliedCondition(ApplyResult result, long generation) => result.Error is null
        ? new Condition("Applied", "True", "AppliedManifestComplete", "Apply manifest complete", generation)
        : new Condition("Applied", "False", "AppliedManifestFailed", $"Failed to apply manifest: {result.Error}", generation);

    // A manifest whose rule condition Complete is True is no longer touched.
    private static HashSet<ManifestId> CompletedManifests(JsonObject work) =>
    [
        .. work.Items("status", "resourceStatus", "manifests")
            .Where(entry => entry.Items("conditions").Any(condition => condition.Str("type") == "Complete" && condition.Str("status") == "True"))
            .Select(entry => ManifestId.OfMeta(entry["resourceMeta"])),
    ];

    private static bool AddFinalizer(JsonObject work)
    {
        var metadata = work.Need("metadata");
        metadata["finalizers"] = new JsonArray([.. metadata.Texts("finalizers").Append(Finalizer).Select(text => JsonValue.Create(text))]);
        return true;
    }
}
