using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>The hooks of one moment of a release in the order in which they run: those before its objects are delivered or removed, then those after it.</summary>
/// <param name="Before"><c>pre-install</c>, <c>pre-upgrade</c>, <c>pre-rollback</c> or <c>pre-delete</c>.</param>
/// <param name="After">The same with <c>post</c>.</param>
internal sealed record HookPlan(IReadOnlyList<HookWork> Before, IReadOnlyList<HookWork> After)
{
    /// <summary>How many there are.</summary>
    public int Count => Before.Count + After.Count;

    /// <summary>The one at that position.</summary>
    public HookWork this[int position] => position < Before.Count ? Before[position] : After[position - Before.Count];

    /// <summary>No hooks.</summary>
    public static HookPlan None { get; } = new([], []);

    /// <summary>Names of all their works.</summary>
    public IEnumerable<string> Names => Before.Concat(After).Select(hook => hook.Work.Name);

    /// <summary>The hooks of a placed design that run at a moment: <c>install</c>, <c>upgrade</c>, <c>rollback</c> or <c>delete</c>.</summary>
    public static HookPlan Of(Guid serviceId, PlacedDesign placed, int number, string moment)
    {
        return new(On("pre-" + moment), On("post-" + moment));

        IReadOnlyList<HookWork> On(string hookEvent) =>
        [
            .. placed.Design.Hooks
                .SelectMany(group => group.Value.Select(hook => (Cluster: placed.Places.GetValueOrDefault(group.Key), Hook: hook)))
                .Where(entry => entry.Cluster is not null && entry.Hook.Events.Contains(hookEvent))
                .OrderBy(entry => entry.Hook.Weight)
                .Select(entry => HookWork.Of(serviceId, placed.Design, number, entry.Cluster!, entry.Hook)),
        ];
    }
}

/// <summary>A hook as a work of its own.</summary>
/// <param name="Hook">The hook.</param>
/// <param name="Work">The work that carries it, with the release's own namespace.</param>
internal sealed record HookWork(ReleaseHook Hook, WorkManifest Work)
{
    /// <summary>The hook of this revision.</summary>
    public static HookWork Of(Guid serviceId, Design design, int number, string cluster, ReleaseHook hook)
    {
        var key = ObjectKey.Of(hook.Object);
        IReadOnlyList<JsonObject> objects =
        [
            .. DesiredObjects.Namespaces(design).Where(o => (string?)o["metadata"]!["name"] == key.Namespace),
            .. ObjectPreparation.Prepare([hook.Object]),
        ];
        // Hooks are few and soon over, and everything waits for them.
        var spec = WorkBuilder.Spec(serviceId, objects, _ => number, _ => true);
        return new(hook, new(cluster, WorkNames.Hook(serviceId, key), serviceId, spec));
    }

    /// <summary>Whether its object goes when it has succeeded.</summary>
    public bool GoesWhenDone => Hook.DeletePolicies.Contains("hook-succeeded");

    /// <summary>Whether its object of an earlier revision goes before it runs again; so where no policy is given.</summary>
    public bool GoesBefore => Hook.DeletePolicies.Count == 0 || Hook.DeletePolicies.Contains("before-hook-creation");
}
