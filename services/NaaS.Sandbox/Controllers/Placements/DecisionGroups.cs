using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>Divides the selected clusters into the groups of <c>spec.decisionStrategy.groupStrategy</c>.</summary>
internal static class DecisionGroups
{
    /// <summary>Named groups first, the rest after them under the empty name, each at most clustersPerDecisionGroup.</summary>
    public static List<DecisionGroup> Divide(JsonNode? spec, IReadOnlyList<Candidate> selected)
    {
        var strategy = spec.At("decisionStrategy").At("groupStrategy");
        var size = Size(strategy.At("clustersPerDecisionGroup"), selected.Count);
        var rest = selected.OrderBy(cluster => cluster.Name, StringComparer.Ordinal).ToList();
        var groups = new List<DecisionGroup>();
        foreach (var group in strategy.Items("decisionGroups"))
        {
            var test = Test(group.At("groupClusterSelector"));
            groups.AddRange(Chunks(group.Str("groupName") ?? "", [.. rest.Where(test.Holds)], size));
            rest.RemoveAll(test.Holds);
        }

        groups.AddRange(Chunks("", rest, size));
        return groups;
    }

    private static ClusterTest Test(JsonNode? selector)
    {
        try
        {
            return ClusterTest.Of(selector);
        }
        catch (ApiStatusException problem)
        {
            throw new MisconfiguredException("", problem.Message);
        }
    }

    private static IEnumerable<DecisionGroup> Chunks(string name, IReadOnlyList<Candidate> clusters, int size) =>
        clusters.Select(cluster => cluster.Name).Chunk(size).Select(chunk => new DecisionGroup(name, chunk));

    private static int Size(JsonNode? perGroup, int total)
    {
        var text = perGroup?.ToString() ?? "100%";
        var size = text.EndsWith('%')
            ? (int)Math.Ceiling(double.Parse(text[..^1], CultureInfo.InvariantCulture) / 100 * total)
            : int.Parse(text, CultureInfo.InvariantCulture);
        return size <= 0 ? Math.Max(total, 1) : size;
    }
}
