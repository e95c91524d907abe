using NaaS.Sandbox.Controllers.Clusters;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>Decides as OCM's placement controller does: sets, predicates, taints, scores, number, groups.</summary>
internal static class Scheduler
{
    public static Outcome Decide(HubView hub)
    {
        var spec = hub.Placement["spec"];
        var wantedSets = spec.Texts("clusterSets");
        var eligible = hub.BoundSets.Where(set => wantedSets.Count == 0 || wantedSets.Contains(set.Name())).ToList();
        var members = hub.Clusters.Where(cluster => eligible.Exists(set => ClusterSets.Contains(set, cluster.Labels))).ToList();

        var recheckAt = default(DateTimeOffset?);
        List<DecisionGroup> groups = [];
        var (missing, misconfigured) = (0, default(string?));
        try
        {
            var prioritizers = Prioritizers.Of(spec);
            var matching = Predicates.Filter(spec, members);
            var feasible = Tolerations.Filter(spec, matching, hub.Decided, hub.Now, out recheckAt);
            var selected = Select(hub, prioritizers, feasible, spec.Int("numberOfClusters"), out missing);
            groups = DecisionGroups.Divide(spec, selected);
        }
        catch (MisconfiguredException problem)
        {
            misconfigured = problem.Message;
        }

        if (groups.Count == 0)
        {
            groups.Add(new DecisionGroup("", []));
        }

        var satisfied = Satisfaction.Of(
            wantedSets, [.. eligible.Select(set => set.Name())], hub.BoundSets.Count, members.Count,
            groups.Sum(group => group.Clusters.Count), missing);
        return new Outcome(groups, satisfied, misconfigured, recheckAt);
    }

    private static List<Candidate> Select(
        HubView hub, IReadOnlyList<Prioritizer> prioritizers, List<Candidate> feasible, long? number, out int missing)
    {
        var scores = Prioritizers.Score(hub, prioritizers, feasible);
        var wanted = number ?? feasible.Count;
        var selected = feasible
            .OrderByDescending(cluster => scores[cluster.Name])
            .ThenBy(cluster => cluster.Name, StringComparer.Ordinal)
            .Take((int)Math.Min(wanted, int.MaxValue))
            .ToList();
        missing = (int)(wanted - selected.Count);
        return selected;
    }
}
