using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Observe;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;

namespace NaaS.Fulfilment.Report;

/// <summary>The components of a service as they are on their clusters.</summary>
internal static class ComponentReports
{
    /// <summary>Components of the revision, those it no longer has as terminated.</summary>
    public static IReadOnlyList<ComponentReport> Of(Situation situation, Revision revision, Rollout rollout)
    {
        var shown = Reporter.Shown(situation, revision, rollout);
        if (shown?.Design is not { } design)
        {
            return [];
        }

        var present = Each(design).Select(entry => rollout == Rollout.Terminated
            ? Ended(entry.Group, entry.Component)
            : Live(situation, shown, entry.Group, entry.Component));
        var ids = Each(design).Select(entry => entry.Component.Id).ToHashSet();
        var gone = situation.Replaced?.Design is { } before
            ? Each(before).Where(entry => !ids.Contains(entry.Component.Id)).Select(entry => Ended(entry.Group, entry.Component))
            : [];
        return [.. present, .. gone];
    }

    private static IEnumerable<(PlacementGroup Group, Component Component)> Each(Design design) =>
        design.Groups.SelectMany(group => group.Components.Select(component => (group, component)));

    private static ComponentReport Live(Situation situation, Revision shown, PlacementGroup group, Component component)
    {
        var manifest = Manifest(group, component);
        var cluster = shown.Places.GetValueOrDefault(group.Name) ?? Home(situation.Good, component);
        var wasThere = situation.Good?.Design is { } good && Each(good).Any(entry => entry.Component.Id == component.Id);
        if (cluster is null || manifest is null)
        {
            return Report(component, manifest, cluster, 0, 0, ComponentState.Reserved, null);
        }

        var health = Judge(situation, cluster, component.Workload, manifest);
        var state = wasThere || health.Health == Health.Ready ? ComponentState.Active : ComponentState.Reserved;
        return Report(component, manifest, cluster, health.Ready, health.Desired, state, health.Reason) with { Calls = Calls(shown, component) };
    }

    private static IReadOnlyList<ComponentCall> Calls(Revision shown, Component component) => shown.Placed is { } placed
        ? [.. placed.Design.Links.Where(link => link.From == component.Id).Select(link => new ComponentCall(link.To, link.Service.Name, CutLinks.PathOf(placed, link)))]
        : [];

    private static ObjectHealth Judge(Situation situation, string cluster, ObjectKey key, JsonObject manifest)
    {
        var number = situation.Ledger.Entries.GetValueOrDefault((cluster, key))?.Number ?? 0;
        var work = situation.Works.FirstOrDefault(work => work.Key.Cluster == cluster && work.Value?.Objects.ContainsKey(key) is true).Value;
        return Readiness.Judge(
            manifest, cluster, number, work?.Objects[key] ?? ObjectStatus.Unknown, work?.Objects.GetValueOrDefault(ObservedPod.KeyFor(key)));
    }

    private static string? Home(Revision? good, Component component) =>
        good?.Design?.Groups.FirstOrDefault(group => group.Components.Any(known => known.Id == component.Id)) is { } group
            ? good.Places.GetValueOrDefault(group.Name)
            : null;

    private static ComponentReport Ended(PlacementGroup group, Component component) =>
        Report(component, Manifest(group, component), null, 0, 0, ComponentState.Terminated, null);

    private static JsonObject? Manifest(PlacementGroup group, Component component) =>
        group.Objects.FirstOrDefault(o => ObjectKey.Of(o) == component.Workload);

    private static ComponentReport Report(
        Component component, JsonObject? manifest, string? cluster, int ready, int desired, ComponentState state, string? reason) => new(
        component.Id, component.Workload.Kind, component.Workload.Namespace, component.Workload.Name, cluster, Image(manifest), ready, desired, state, reason);

    private static string? Image(JsonObject? manifest)
    {
        var spec = manifest?["spec"];
        var pod = spec?["jobTemplate"]?["spec"]?["template"]?["spec"] ?? spec?["template"]?["spec"] ?? spec;
        return pod?["containers"] is JsonArray { Count: > 0 } containers ? (string?)containers[0]?["image"] : null;
    }
}
