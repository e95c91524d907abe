using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Controllers.Placements;

/// <summary>A scoring plugin with its weight.</summary>
/// <param name="BuiltIn">Balance, Steady, ResourceAllocatableCPU or ResourceAllocatableMemory; null for an AddOn score.</param>
/// <param name="Resource">AddOnPlacementScore's name.</param>
/// <param name="Score">Name of the score in it.</param>
/// <param name="Weight">Weight, -10 to 10.</param>
internal sealed record Prioritizer(string? BuiltIn, string Resource, string Score, long Weight);

/// <summary>Which prioritizers a Placement has, and the scores that they give.</summary>
internal static class Prioritizers
{
    private const int Max = 100;
    private static readonly string[] Known = ["Balance", "Steady", "ResourceAllocatableCPU", "ResourceAllocatableMemory"];

    /// <summary>Additive (the default) adds Balance and Steady with weight 1 unless configured; Exact has only what is configured.</summary>
    public static IReadOnlyList<Prioritizer> Of(JsonNode? spec)
    {
        var configured = spec.Items("prioritizerPolicy", "configurations").Select(Read).ToList();
        if (spec.Str("prioritizerPolicy", "mode") != "Exact")
        {
            foreach (var name in (string[])["Balance", "Steady"])
            {
                if (!configured.Exists(prioritizer => prioritizer.BuiltIn == name))
                {
                    configured.Add(new Prioritizer(name, "", "", 1));
                }
            }
        }

        return [.. configured.Where(prioritizer => prioritizer.Weight != 0)];
    }

    public static Dictionary<string, long> Score(HubView hub, IReadOnlyList<Prioritizer> prioritizers, IReadOnlyList<Candidate> clusters)
    {
        var total = clusters.ToDictionary(cluster => cluster.Name, _ => 0L);
        foreach (var prioritizer in prioritizers)
        {
            foreach (var (cluster, score) in Scores(hub, prioritizer, clusters))
            {
                total[cluster] += score * prioritizer.Weight;
            }
        }

        return total;
    }

    private static Prioritizer Read(JsonNode configuration)
    {
        var coordinate = configuration.At("scoreCoordinate");
        var weight = configuration.Int("weight") ?? 1;
        if (coordinate.Str("type") == "AddOn")
        {
            return new Prioritizer(null, coordinate.Str("addOn", "resourceName") ?? "", coordinate.Str("addOn", "scoreName") ?? "", weight);
        }

        var name = coordinate.Str("builtIn") ?? "";
        return Known.Contains(name)
            ? new Prioritizer(name, "", "", weight)
            : throw new MisconfiguredException("", $"incorrect builtin prioritizer: {name}");
    }

    private static IEnumerable<(string Cluster, long Score)> Scores(HubView hub, Prioritizer prioritizer, IReadOnlyList<Candidate> clusters) =>
        prioritizer.BuiltIn switch
        {
            "Balance" => Balance(hub, clusters),
            "Steady" => clusters.Select(cluster => (cluster.Name, hub.Decided.Contains(cluster.Name) ? (long)Max : 0)),
            "ResourceAllocatableCPU" => Allocatable("cpu", clusters),
            "ResourceAllocatableMemory" => Allocatable("memory", clusters),
            _ => clusters.Select(cluster => (cluster.Name, AddOn(hub, prioritizer, cluster.Name))),
        };

    // Clusters with few decisions of other Placements score high; 100 for none, -100 for the most.
    private static IEnumerable<(string Cluster, long Score)> Balance(HubView hub, IReadOnlyList<Candidate> clusters)
    {
        var most = hub.DecisionCounts.Values.DefaultIfEmpty(0).Max();
        return clusters.Select(cluster => (cluster.Name, hub.DecisionCounts.TryGetValue(cluster.Name, out var count)
            ? 2 * (long)(Max * (0.5 - ((double)count / most))) : Max));
    }

    private static IEnumerable<(string Cluster, long Score)> Allocatable(string resource, IReadOnlyList<Candidate> clusters)
    {
        var amounts = clusters
            .Select(cluster => (Name: cluster.Name, Amount: Quantity.Parse(cluster.Tree.Str("status", "allocatable", resource))))
            .Where(pair => pair.Amount is not null).Select(pair => (pair.Name, Amount: pair.Amount!.Value)).ToList();
        if (amounts.Count == 0)
        {
            return [];
        }

        var (min, max) = (amounts.Min(pair => pair.Amount), amounts.Max(pair => pair.Amount));
        return amounts.Select(pair => (pair.Name, max == min ? (long)Max : (long)((((pair.Amount - min) / (max - min)) - 0.5) * 2 * Max)));
    }

    private static long AddOn(HubView hub, Prioritizer prioritizer, string cluster)
    {
        var scores = hub.Scores(cluster, prioritizer.Resource);
        return scores.Instant("status", "validUntil") is { } until && until < hub.Now
            ? 0
            : scores.Items("status", "scores").FirstOrDefault(score => score.Str("name") == prioritizer.Score).Int("value") ?? 0;
    }
}
