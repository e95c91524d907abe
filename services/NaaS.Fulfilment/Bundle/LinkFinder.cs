namespace NaaS.Fulfilment.Bundle;

/// <summary>Finds which component calls which.</summary>
internal static class LinkFinder
{
    /// <summary>The links, callers in the release's order. A call to a Service that the caller's own pods stand behind is none.</summary>
    public static IReadOnlyList<ComponentLink> Find(ReleaseBundle bundle, BundleOptions? options = null)
    {
        var components = bundle.Components.ToDictionary(component => component.Workload);
        var workloads = bundle.Objects.Select(o => Workload.Of(o, options ?? new())).OfType<Workload>().ToList();
        var mentions = new ServiceMentions(bundle.Objects);
        return [.. workloads.SelectMany(caller => mentions.By(caller).SelectMany(service => Links(caller, service, workloads, components)))];
    }

    private static IEnumerable<ComponentLink> Links(
        Workload caller,
        (ObjectKey Key, System.Text.Json.Nodes.JsonObject Object) service,
        List<Workload> workloads,
        Dictionary<ObjectKey, Component> components)
    {
        var selector = service.Object.Map("spec", "selector");
        var behind = workloads.Where(workload => workload.Key.Namespace == service.Key.Namespace && Selectors.SelectsAll(selector, workload.PodLabels)).ToList();
        return behind.Contains(caller)
            ? []
            : behind.Select(workload => new ComponentLink(components[caller.Key].Id, service.Key, components[workload.Key].Id));
    }
}
