using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Placements;

public sealed class DecisionTests
{
    private const string Kubernetes =
        """{"numberOfClusters":1,"predicates":[{"requiredClusterSelector":{"labelSelector":{"matchLabels":{"kubernetes-distribution":"kubernetes"}}}}]}""";

    [Fact]
    public async Task A_placement_by_claim_is_decided_for_the_matching_cluster()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Place("core", """
            {"predicates":[{"requiredClusterSelector":{"claimSelector":{"matchExpressions":[{"key":"p2code.filter.location","operator":"In","values":["core"]}]}}}]}
            """);

        await hub.UntilDecided("core", "c2");
        hub.Read(Kinds.Placements, "orch", "core").Int("status", "numberOfSelectedClusters").ShouldBe(1);
    }

    [Fact]
    public async Task A_chosen_cluster_that_no_longer_matches_is_left_and_a_decision_stays_when_it_matches_again()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", Kubernetes);
        await hub.UntilDecided("one", "c1");

        Relabel(hub, "c1", "openshift");
        await hub.UntilDecided("one", "c3");

        Relabel(hub, "c1", "kubernetes");
        hub.Place("marker", Kubernetes);
        await hub.Until(() => hub.Decided("marker").Length == 1, "a later placement is decided");
        hub.Decided("one").ShouldBe(["c3"]);
    }

    [Fact]
    public async Task Losing_the_last_match_empties_the_decision_but_keeps_the_object()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", """{"predicates":[{"requiredClusterSelector":{"labelSelector":{"matchLabels":{"kubernetes-distribution":"openshift"}}}}]}""");
        await hub.UntilDecided("one", "c2");

        Relabel(hub, "c2", "kubernetes");

        await hub.Until(() => hub.Satisfied("one") == "NoManagedClusterMatched", "nothing matches");
        var decision = hub.Read(Kinds.PlacementDecisions, "orch", "one-decision-1")!;
        decision["status"]!["decisions"]!.AsArray().ShouldBeEmpty();
        hub.Read(Kinds.Placements, "orch", "one").Int("status", "numberOfSelectedClusters").ShouldBe(0);
    }

    [Fact]
    public async Task Making_a_good_placement_misconfigured_empties_its_decision()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", Kubernetes);
        await hub.UntilDecided("one", "c1");

        hub.Hub.Edit(Kinds.Placements, "orch", "one", placement =>
        {
            placement["spec"]!["tolerations"] = JsonNode.Parse("""[{"key":"a","operator":"Exists","value":"b"}]""");
            return true;
        });

        await hub.UntilDecided("one");
        await hub.Until(() => hub.Read(Kinds.Placements, "orch", "one").Condition("PlacementMisconfigured").Str("message")
            == "TaintToleration:If the operator is Exists, the value should be empty.", "it is misconfigured");
    }

    [Fact]
    public async Task Deleting_the_binding_empties_the_decision()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", Kubernetes);
        await hub.UntilDecided("one", "c1");

        hub.Hub.Delete(Kinds.ManagedClusterSetBindings, "orch", "default");

        await hub.UntilDecided("one");
        await hub.Until(() => hub.Satisfied("one") == "NoManagedClusterSetBindings", "it says why");
    }

    [Fact]
    public async Task Raising_the_number_keeps_the_cluster_and_lowering_it_drops_the_others()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", Kubernetes);
        await hub.UntilDecided("one", "c1");
        Relabel(hub, "c1", "openshift");
        await hub.UntilDecided("one", "c3");
        Relabel(hub, "c1", "kubernetes");

        SetNumber(hub, 2);
        await hub.UntilDecided("one", "c1", "c3");
        SetNumber(hub, 1);

        await hub.Until(() => hub.Decided("one").Length == 1, "one is left");
    }

    [Fact]
    public async Task New_placements_go_where_fewest_decisions_are()
    {
        await using var hub = await SimulatedHub.StartAsync();

        foreach (var (name, cluster) in new Dictionary<string, string> { ["a"] = "c1", ["b"] = "c2", ["c"] = "c3" })
        {
            hub.Place(name, """{"numberOfClusters":1}""");
            await hub.UntilDecided(name, cluster);
        }
    }

    [Fact]
    public async Task A_decision_edited_or_deleted_by_hand_is_put_back()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("one", Kubernetes);
        await hub.UntilDecided("one", "c1");

        hub.Hub.EditStatus(Kinds.PlacementDecisions, "orch", "one-decision-1", status => status["decisions"] = new JsonArray());
        await hub.UntilDecided("one", "c1");
        hub.Hub.Delete(Kinds.PlacementDecisions, "orch", "one-decision-1");

        await hub.UntilDecided("one", "c1");
    }

    [Fact]
    public async Task A_negative_number_stops_the_controller_for_a_second_and_then_it_goes_on()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Place("negative", """{"numberOfClusters":-1}""");
        hub.Place("good", Kubernetes);

        await hub.UntilDecided("good", "c1");
        hub.Read(Kinds.Placements, "orch", "negative")!.ContainsKey("status").ShouldBeFalse();
    }

    [Fact]
    public async Task More_than_a_hundred_clusters_take_two_decisions()
    {
        await using var hub = await SimulatedHub.StartAsync();
        for (var i = 0; i < 130; i++)
        {
            hub.Create($$"""{"apiVersion":"cluster.open-cluster-management.io/v1","kind":"ManagedCluster","metadata":{"name":"fake{{i:000}}"},"spec":{"hubAcceptsClient":true} }""");
        }

        hub.Place("many", """{"predicates":[{"requiredClusterSelector":{"labelSelector":{"matchExpressions":[{"key":"location","operator":"DoesNotExist"}]}}}],"tolerations":[{"operator":"Exists"}]}""");

        await hub.Until(() => hub.Decided("many").Length == 130 && hub.Read(Kinds.Placements, "orch", "many").Int("status", "numberOfSelectedClusters") == 130, "all are decided");
        hub.Read(Kinds.Placements, "orch", "many").At("status", "decisionGroups")!.ToJsonString()
            .ShouldBe("""[{"decisionGroupIndex":0,"decisionGroupName":"","decisions":["many-decision-1","many-decision-2"],"clusterCount":130}]""");
        hub.Read(Kinds.PlacementDecisions, "orch", "many-decision-2")!["status"]!["decisions"]!.AsArray().Count.ShouldBe(30);
    }

    private static void Relabel(SimulatedHub hub, string cluster, string distribution) => hub.Hub.Edit(Kinds.ManagedClusters, null, cluster, tree =>
    {
        tree["metadata"]!["labels"]!["kubernetes-distribution"] = distribution;
        return true;
    });

    private static void SetNumber(SimulatedHub hub, int number) => hub.Hub.Edit(Kinds.Placements, "orch", "one", placement =>
    {
        placement["spec"]!["numberOfClusters"] = number;
        return true;
    });
}
