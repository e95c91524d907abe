using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Storage;

namespace NaaS.Fulfilment.Place;

/// <summary>A cluster on which a component did not become ready, and that is avoided for it for a while.</summary>
/// <param name="Component">Id of the component.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Until">Until when.</param>
internal sealed record AvoidedCluster(Guid Component, string Cluster, DateTimeOffset Until);

/// <summary>Keeps groups off clusters on which they have just failed, as long as another one suits.</summary>
internal static class Avoidance
{
    /// <summary>The stored form read back.</summary>
    public static IReadOnlyList<AvoidedCluster> Read(string? stored) => stored is null ? [] : Json.Read<List<AvoidedCluster>>(stored);

    /// <summary>The stored form; null where nothing is avoided any more.</summary>
    public static string? Write(IEnumerable<AvoidedCluster> avoided, DateTimeOffset now)
    {
        var last = avoided.Where(one => one.Until > now).GroupBy(one => (one.Component, one.Cluster)).Select(same => same.MaxBy(one => one.Until)!).ToList();
        return last.Count == 0 ? null : Json.Write(last);
    }

    /// <summary>
    /// The design whose groups keep off the clusters that they must avoid. A group that can stay where it is, or that has no other cluster, keeps its rule.
    /// </summary>
    /// <param name="design">The design.</param>
    /// <param name="present">Cluster of the good revision by component id.</param>
    /// <param name="avoided">What is avoided.</param>
    /// <param name="clusters">The hub's clusters.</param>
    /// <param name="now">The time.</param>
    public static Design Apply(
        Design design,
        IReadOnlyDictionary<Guid, string> present,
        IReadOnlyList<AvoidedCluster> avoided,
        IReadOnlyDictionary<string, ManagedCluster> clusters,
        DateTimeOffset now)
    {
        return avoided.Any(one => one.Until > now) ? design with { Groups = [.. design.Groups.Select(group => group with { Rule = RuleOf(group) })] } : design;

        PlacementRule RuleOf(PlacementGroup group)
        {
            var home = group.Components.Select(component => present.GetValueOrDefault(component.Id)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var failed = avoided.Where(one => one.Until > now && !home.Contains(one.Cluster) && group.Components.Any(component => component.Id == one.Component))
                .Select(one => one.Cluster).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var suitable = clusters.Values.Where(cluster => RuleEvaluator.Evaluate(group.Rule, cluster, now, home.Contains(cluster.Name)).Satisfied)
                .Select(cluster => cluster.Name).ToList();
            return failed.Count > 0 && !suitable.Exists(home.Contains) && suitable.Except(failed).Any() ? Without(group.Rule, failed) : group.Rule;
        }
    }

    private static PlacementRule Without(PlacementRule rule, IReadOnlyCollection<string> clusters)
    {
        var spec = (JsonObject)rule.Spec.DeepClone();
        var predicates = spec["predicates"] as JsonArray ?? [];
        if (predicates.Count == 0)
        {
            spec["predicates"] = predicates = [new JsonObject { ["requiredClusterSelector"] = new JsonObject() }];
        }

        foreach (var predicate in predicates.OfType<JsonObject>())
        {
            var selector = predicate["requiredClusterSelector"] as JsonObject;
            if (selector is null)
            {
                predicate["requiredClusterSelector"] = selector = [];
            }

            var cel = selector["celSelector"] as JsonObject;
            if (cel is null)
            {
                selector["celSelector"] = cel = [];
            }

            var expressions = cel["celExpressions"] as JsonArray;
            if (expressions is null)
            {
                cel["celExpressions"] = expressions = [];
            }

            foreach (var cluster in clusters)
            {
                expressions.Add(PlacementSpec.IsNotCluster(cluster));
            }
        }

        return new(spec, Digests.Short(spec));
    }
}
