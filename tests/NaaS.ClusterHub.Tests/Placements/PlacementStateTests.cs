using System.Text.Json.Nodes;
using NaaS.ClusterHub.Placements;

namespace NaaS.ClusterHub.Tests.Placements;

public class PlacementStateTests
{
    private static PlacementState Read(string path)
    {
        var recorded = Recorded.Read($"placement/{path}");
        return PlacementState.Of((JsonObject)recorded["placement"]!, recorded["decisions"]!.AsArray().Cast<JsonObject>());
    }

    [Fact]
    public void Decided_clusters_are_read_from_the_decisions()
    {
        var state = Read("01-matching-all.json");
        state.Clusters.ShouldBe(["cluster1", "cluster2"]);
        state.Misconfigured.ShouldBeNull();
        state.Unsatisfied.ShouldBeNull();
    }

    [Fact]
    public void All_decisions_of_a_large_placement_are_joined() => Read("64-130-clusters.json").Clusters.Distinct().Count().ShouldBe(130);

    [Fact]
    public void A_placement_that_nothing_matches_says_why()
    {
        var state = Read("03-none-matching.json");
        state.Clusters.ShouldBeEmpty();
        state.Unsatisfied.ShouldNotBeNull().ShouldStartWith("NoManagedClusterMatched");
        state.Misconfigured.ShouldBeNull();
    }

    [Fact]
    public void A_misconfigured_placement_is_told_apart_from_an_empty_one() =>
        Read("10-misconfigured-toleration.json").Misconfigured.ShouldNotBeNull().ShouldStartWith("TaintToleration:");

    [Fact]
    public void A_decision_that_was_never_filled_is_empty()
    {
        var placement = JsonNode.Parse("""{"metadata": {"name": "p"}}""")!.AsObject();
        var decision = JsonNode.Parse("""{"metadata": {"name": "p-decision-1"}}""")!.AsObject();
        PlacementState.Of(placement, [decision]).Clusters.ShouldBeEmpty();
    }
}
