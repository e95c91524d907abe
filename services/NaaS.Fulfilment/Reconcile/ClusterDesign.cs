using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Reconcile;

/// <summary>
/// The design of a service that is a cluster: nothing is delivered, and it can be placed on that one cluster only. So it becomes good when the
/// ManagedCluster is joined, available and in the set, waits and says why until then, and fails when its deadline passes, as any placement does.
/// </summary>
internal static class ClusterDesign
{
    private const string Group = "cluster";

    /// <summary>The design.</summary>
    /// <param name="intent">What was asked for.</param>
    /// <param name="cluster">The cluster in it.</param>
    /// <param name="configuredSet">The set where none was named.</param>
    public static Design Of(DeploymentIntent intent, OrderedCluster cluster, string configuredSet)
    {
        var options = new PlaceOptions { ClusterSet = configuredSet };
        var rule = PlacementSpec.Of(cluster.Set ?? configuredSet, cluster.Name, [], options);
        return new()
        {
            Intent = intent,
            ChartVersion = "",
            ChartDigest = "",
            Digest = rule.Digest,
            Groups = [new PlacementGroup(Group, rule, [], [])],
        };
    }
}
