using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Controllers.Runtime;
using NaaS.Sandbox.Controllers.Works.Feedback;
using NaaS.Sandbox.Controllers.Works.Rights;
using NaaS.Sandbox.Controllers.Works.Rules;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Works;

/// <summary>
/// Reads a work's objects back: conditions Available, feedback values and condition rules. It says the work's present generation even
/// where the object read is still that of an earlier one, as OCM does.
/// </summary>
internal sealed class WorkStatusController(ReconcileLoop loop, ObjectStore hub, SimulatedCluster cluster, AgentRights rights) : Controller
{
    private static readonly HashSet<string> OwnConditions = ["Applied", "Available", "StatusFeedbackSynced"];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _read = new(StringComparer.Ordinal);

    public override IReadOnlyList<ResourceType> Watches => [];

    public override void Observe(WatchEvent happened)
    {
    }

    /// <summary>Reads the work back when its next poll comes.</summary>
    public void PollLater(string work, TimeSpan interval) =>
        loop.EnqueueAt(this, cluster.Name, work, Rhythm.Next(_read.GetValueOrDefault(work, loop.Now), loop.Now, interval, 0.9, work));

    public override void Reconcile(string ns, string name)
    {
        if (cluster.Faults.WorkAgentDown || hub.Find(Kinds.ManifestWorks, ns, name) is not { } stored)
        {
            _read.TryRemove(name, out _);
            return;
        }

        _read[name] = loop.Now;
        hub.EditIfThere(
            Kinds.ManifestWorks, ns, name, tree => ReadBack(tree, stored.Generation),
            WriteOptions.Default with { Subresource = "status", Manager = "work-agent" });
    }

    private bool ReadBack(JsonObject work, long generation)
    {
        var entries = work.Items("status", "resourceStatus", "manifests").OfType<JsonObject>().ToList();
        if (entries.Count == 0)
        {
            return false;
        }

        entries.ForEach(entry => ReadBack(work, entry, generation));
        var status = work.Need("status");
        status.SetCondition(Available(entries, generation), loop.Now);
        var rules = entries.SelectMany(entry => entry.Items("conditions")).Where(condition => !OwnConditions.Contains(condition.Str("type") ?? ""));
        foreach (var condition in ConditionAggregation.Aggregate(rules, generation))
        {
            status.SetCondition(condition, loop.Now);
        }

        return true;
    }

    private void ReadBack(JsonObject work, JsonObject entry, long generation)
    {
        var id = ManifestId.OfMeta(entry["resourceMeta"]);
        var found = Fetch(id, out var available);
        entry.SetCondition(available, loop.Now);
        if (found is null)
        {
            return;
        }

        var config = ManifestConfig.Of(work["spec"], id);
        var feedback = FeedbackReader.Read(found, config.FeedbackRules);
        var before = entry["statusFeedback"];
        entry["statusFeedback"] = feedback.Values.Count == 0 ? new JsonObject() : new JsonObject { ["values"] = feedback.Values };
        var synced = Synced(config, feedback);
        if (before is not null && !Json.Same(before, entry["statusFeedback"]) && entry.Items("conditions").LastOrDefault().Str("type") != synced.Type)
        {
            // OCM leaves the condition that it just wrote at the end.
            var kept = entry.Items("conditions").FirstOrDefault(condition => condition.Str("type") == synced.Type)?.DeepClone();
            entry.RemoveCondition(synced.Type);
            if (kept is not null)
            {
                entry.Arr("conditions")!.Add(kept);
            }
        }

        foreach (var condition in ConditionRules.Evaluate(found, config.ConditionRules))
        {
            entry.SetCondition(condition with { ObservedGeneration = generation }, loop.Now);
        }

        entry.SetCondition(synced, loop.Now);
    }

    private JsonObject? Fetch(ManifestId id, out Condition available)
    {
        available = new Condition("Available", "Unknown", "IncompleteResourceMeta", "Resource meta is incomplete");
        if (id.Resource.Length == 0 || id.Name.Length == 0 || cluster.Store.FindType(id.Group, id.Resource) is not { } type)
        {
            return null;
        }

        try
        {
            var path = (id.Group.Length == 0 ? $"api/{id.Version}" : $"apis/{id.Group}/{id.Version}")
                + (id.Namespace.Length == 0 ? "" : $"/namespaces/{id.Namespace}") + $"/{id.Resource}/{id.Name}";
            rights.Check("get", type, id.Namespace, id.Name);
            var found = cluster.Reach(path).Find(type, id.Namespace, id.Name)?.Read();
            available = found is null
                ? new Condition("Available", "False", "ResourceNotAvailable", "Resource is not available")
                : new Condition("Available", "True", "ResourceAvailable", "Resource is available");
            return found;
        }
        catch (ApiStatusException refused)
        {
            available = new Condition("Available", "Unknown", "FetchingResourceFailed", $"Failed to fetch resource: {refused.Message}");
            return null;
        }
    }

    private static Condition Synced(ManifestConfig config, FeedbackResult feedback)
    {
        if (config.FeedbackRules is not { Count: > 0 })
        {
            return new Condition("StatusFeedbackSynced", "True", "NoStatusFeedbackSynced", "");
        }

        if (feedback.Errors.Count == 0)
        {
            return new Condition("StatusFeedbackSynced", "True", "StatusFeedbackSynced", "");
        }

        var errors = feedback.Errors.Distinct().ToList();
        return new Condition("StatusFeedbackSynced", "False", "StatusFeedbackSyncFailed",
            $"Sync status feedback failed with error {(errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]")}");
    }

    private static Condition Available(List<JsonObject> entries, long generation)
    {
        int Count(string status) => entries.Count(entry =>
            entry.Items("conditions").Any(condition => condition.Str("type") == "Available" && condition.Str("status") == status));
        var (missing, unknown) = (Count("False"), Count("Unknown"));
        return missing > 0
            ? new Condition("Available", "False", "ResourcesNotAvailable", $"{missing} of {entries.Count} resources are not available", generation)
            : unknown > 0
                ? new Condition("Available", "Unknown", "ResourcesStatusUnknown", $"{unknown} of {entries.Count} resources have unknown status", generation)
                : new Condition("Available", "True", "ResourcesAvailable", "All resources are available", generation);
    }
}
