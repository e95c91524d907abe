using NaaS.ClusterHub.Clusters;
using NaaS.Contracts;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Reconcile;

namespace NaaS.Fulfilment.Preview;

/// <summary>Where groups would go, as far as that can be known without asking OCM to decide.</summary>
internal static class ExpectedPlaces
{
    /// <summary>A place for each group: where it is while that suits, else the cluster that OCM is expected to choose.</summary>
    /// <param name="design">What would be delivered.</param>
    /// <param name="good">What runs now; null where nothing does.</param>
    /// <param name="clusters">The hub's clusters.</param>
    /// <param name="load">Decisions by cluster, so far.</param>
    /// <param name="now">For tolerations that end.</param>
    public static IReadOnlyList<ExpectedPlace> Of(
        Design design, Revision? good, IReadOnlyDictionary<string, ManagedCluster> clusters, IReadOnlyDictionary<string, int> load, DateTimeOffset now)
    {
        var decisions = new Dictionary<string, int>(load, StringComparer.Ordinal);
        return [.. design.Groups.Select(group => Place(group))];

        ExpectedPlace Place(PlacementGroup group)
        {
            var present = PlacePlanner.Present(good, group).ToList();
            var verdicts = clusters.Values.OrderBy(cluster => cluster.Name, StringComparer.Ordinal).ToDictionary(
                cluster => cluster.Name, cluster => RuleEvaluator.Evaluate(group.Rule, cluster, now, present.Contains(cluster.Name)));
            if (present.Find(name => verdicts.GetValueOrDefault(name) is { Satisfied: true }) is { } stays)
            {
                return new(group, stays, [stays], true, $"stays: {stays} satisfies its rules");
            }

            var others = string.Join("; ", verdicts.Where(verdict => !verdict.Value.Satisfied).Select(verdict => $"{verdict.Key}: {verdict.Value.Reason}"));
            List<string> suitable = [.. verdicts.Where(verdict => verdict.Value.Satisfied).Select(verdict => verdict.Key)];
            if (suitable.Count == 0)
            {
                return new(group, null, [], false, others.Length > 0 ? others : "the hub has no cluster");
            }

            var expected = suitable.MinBy(name => decisions.GetValueOrDefault(name))!;
            decisions[expected] = decisions.GetValueOrDefault(expected) + 1;
            var why = suitable.Count == 1
                ? "the only cluster that satisfies its rules" + (others.Length > 0 ? $" ({others})" : "")
                : $"OCM chooses among {string.Join(", ", suitable)}; expected is the one with the fewest decisions";
            return new(group, expected, suitable, false, why);
        }
    }
}

/// <summary>Where a group would go.</summary>
/// <param name="Group">The group.</param>
/// <param name="Cluster">The expected cluster; null where none suits.</param>
/// <param name="Suitable">All clusters that OCM could choose.</param>
/// <param name="Stays">Whether it is there already.</param>
/// <param name="Why">Why there, or why nowhere.</param>
internal sealed record ExpectedPlace(PlacementGroup Group, string? Cluster, IReadOnlyList<string> Suitable, bool Stays, string Why)
{
    /// <summary>Its components, as they are told.</summary>
    public IEnumerable<PlannedComponent> Components(Revision? good) => Group.Components.Select(component => new PlannedComponent(
        component.Workload.Kind, component.Workload.Namespace, component.Workload.Name, Cluster, PlacePlanner.PlaceOf(good, component), Why));
}
