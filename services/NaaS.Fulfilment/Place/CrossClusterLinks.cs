using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Place;

/// <summary>Keeps links between components on different clusters, with the Multi-Cluster Services API.</summary>
internal static class CrossClusterLinks
{
    /// <summary>
    /// Objects to add on each cluster (by cluster name): a ServiceExport where the pods are, and on the caller's cluster an ExternalName Service of the
    /// same name to <c>SERVICE.NAMESPACE.svc.clusterset.local</c>.
    /// </summary>
    /// <param name="groups">The groups.</param>
    /// <param name="links">The links between their components.</param>
    /// <param name="clusters">Clusters by group name; several while a group moves.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Objects(
        IReadOnlyList<PlacementGroup> groups,
        IReadOnlyList<ComponentLink> links,
        IReadOnlyDictionary<string, IReadOnlyList<string>> clusters) => new Dictionary<string, IReadOnlyList<JsonObject>>();

    /// <summary>Links whose ends share no cluster: what would be cut where clusters offer no Multi-Cluster Services.</summary>
    public static IReadOnlyList<ComponentLink> Crossing(
        IReadOnlyList<PlacementGroup> groups,
        IReadOnlyList<ComponentLink> links,
        IReadOnlyDictionary<string, IReadOnlyList<string>> clusters) => [];
}
