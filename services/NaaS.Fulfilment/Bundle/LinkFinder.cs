namespace NaaS.Fulfilment.Bundle;

/// <summary>Finds which component calls which.</summary>
internal static class LinkFinder
{
    /// <summary>The links, callers in the release's order. A call to a Service that the caller's own pods stand behind is none.</summary>
    public static IReadOnlyList<ComponentLink> Find(ReleaseBundle bundle, BundleOptions? options = null)
    {
        var ids = bundle.Components.ToDictionary(component => component.Workload, component => component.Id);
        var workloads = bundle.Objects.Select(o => Workload.Of(o, options ?? new())).OfType<Workload>().ToList();
        var companions = new Companions(workloads, bundle.Objects);
        var mentions = new ServiceMentions(bundle.Objects);
        return
        [
            .. from caller in workloads
               from service in mentions.By(caller)
               let behind = companions.HostsOf(service.Object).ToList()
               where !behind.Contains(caller.Key)
               from target in behind
               select new ComponentLink(ids[caller.Key], service.Key, ids[target]),
        ];
    }
}
