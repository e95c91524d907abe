using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Tests.Place;

public class RuleEvaluatorTests
{
    private const string Unreachable = "cluster.open-cluster-management.io/unreachable";

    private static readonly PlaceOptions Options = new();

    private static PlacementRule Filters(params ClusterFilter[] filters) => PlacementSpec.Of("default", null, filters, Options);

    private static PlacementRule Own(string spec) => PlacementSpec.Of(Objects.One(spec), Options);

    private static string? Reason(PlacementRule rule, ManagedCluster cluster, bool holds = false) =>
        RuleEvaluator.Evaluate(rule, cluster, Clusters.Now, holds).Reason;

    [Fact]
    public void A_filter_holds_by_label_by_claim_and_by_prefixed_label()
    {
        var rule = Filters(new ClusterFilter("location", "core"));
        Reason(rule, Clusters.C2).ShouldBeNull();
        Reason(rule, Clusters.Of("x").Claiming("p2code.filter.location", "core")).ShouldBeNull();
        Reason(rule, Clusters.Of("x", ("p2code.filter.location", "core"))).ShouldBeNull();
        Reason(rule, Clusters.Of("x").Claiming("location", "core")).ShouldBe("label location=core missing");
    }

    [Fact]
    public void Several_filters_may_hold_by_different_means_but_all_must_hold()
    {
        var rule = Filters(new("a", "1"), new("b", "2"), new("c", "3"));
        Reason(rule, Clusters.Of("x", ("a", "1"), ("p2code.filter.b", "2")).Claiming("p2code.filter.c", "3")).ShouldBeNull();
        Reason(rule, Clusters.Of("x", ("a", "1")).Claiming("p2code.filter.c", "3")).ShouldBe("label b=2 missing");
        Reason(rule, Clusters.Of("x", ("b", "2"))).ShouldBe("label a=1 missing, label c=3 missing");
    }

    [Fact]
    public void A_cluster_that_does_not_match_is_explained_by_all_that_it_lacks()
    {
        var rule = Filters(new ClusterFilter("kubernetes-distribution", "openshift"), new ClusterFilter("location", "edge"));
        Reason(rule, Clusters.C1).ShouldBe("label kubernetes-distribution=openshift missing (is kubernetes)");
        Reason(rule, Clusters.C2.Tainted(Unreachable, secondsAgo: 301)).ShouldBe("label location=edge missing (is core), taint unreachable");
        Reason(rule, Clusters.C3).ShouldBe("label kubernetes-distribution=openshift missing (is kubernetes), label location=edge missing (is cloud)");
    }

    [Fact]
    public void A_named_cluster_is_the_only_one_and_must_be_in_the_set()
    {
        var rule = PlacementSpec.Of("default", "c2", [], Options);
        Reason(rule, Clusters.C2).ShouldBeNull();
        Reason(rule, Clusters.C1).ShouldBe("is not c2");
        Reason(PlacementSpec.Of("prod", "c2", [], Options), Clusters.C2).ShouldBe("not in cluster set prod");
    }

    [Fact]
    public void The_global_set_holds_every_cluster() => Reason(PlacementSpec.Of("global", null, [], Options), Clusters.C1).ShouldBeNull();

    [Fact]
    public void A_lost_cluster_keeps_what_it_has_for_as_long_as_the_rule_tolerates_it_but_gets_nothing_new()
    {
        var lost = Clusters.C1.Tainted(Unreachable, secondsAgo: 299) with { Available = null };
        Reason(Filters(), lost, holds: true).ShouldBeNull();
        Reason(Filters(), lost).ShouldBe("is unreachable");
        Reason(Filters(), Clusters.C1.Tainted(Unreachable, secondsAgo: 300) with { Available = null }, holds: true).ShouldBe("taint unreachable");
        Reason(Filters(), Clusters.C1 with { Available = false }).ShouldBe("is unavailable");
    }

    [Fact]
    public void Taints_count_by_their_effect_and_tolerations_by_theirs()
    {
        Reason(Filters(), Clusters.C1.Tainted("gpu", value: "only")).ShouldBe("taint gpu=only");
        Reason(Filters(), Clusters.C1.Tainted("gpu", "PreferNoSelect")).ShouldBeNull();
        Reason(Filters(), Clusters.C1.Tainted("gpu", "NoSelectIfNew")).ShouldBe("taint gpu");
        Reason(Filters(), Clusters.C1.Tainted("gpu", "NoSelectIfNew"), holds: true).ShouldBeNull();
        Reason(Own("tolerations: [{key: gpu, operator: Equal, value: only}]"), Clusters.C1.Tainted("gpu", value: "only")).ShouldBeNull();
        Reason(Own("tolerations: [{key: gpu, operator: Equal, value: other}]"), Clusters.C1.Tainted("gpu", value: "only")).ShouldBe("taint gpu=only");
        Reason(Own("tolerations: [{operator: Exists}]"), Clusters.C1.Tainted("gpu")).ShouldBeNull();
        Reason(Own("tolerations: [{key: gpu, operator: Exists, effect: NoSelectIfNew}]"), Clusters.C1.Tainted("gpu")).ShouldBe("taint gpu");
    }

    [Theory]
    [InlineData("{matchLabels: {location: edge}}", null)]
    [InlineData("{matchLabels: {location: core}}", "label location=core missing (is edge)")]
    [InlineData("{matchExpressions: [{key: location, operator: In, values: [core, edge]}]}", null)]
    [InlineData("{matchExpressions: [{key: location, operator: In, values: [core, cloud]}]}", "label location=core|cloud missing (is edge)")]
    [InlineData("{matchExpressions: [{key: location, operator: NotIn, values: [edge]}]}", "label location is edge")]
    [InlineData("{matchExpressions: [{key: nothing, operator: NotIn, values: [edge]}]}", null)]
    [InlineData("{matchExpressions: [{key: gpu, operator: Exists}]}", "label gpu missing")]
    [InlineData("{matchExpressions: [{key: location, operator: DoesNotExist}]}", "label location is edge")]
    [InlineData("{matchExpressions: [{key: location, operator: Like, values: [e]}]}", "label location: unknown operator \"Like\"")]
    public void A_Placements_selectors_mean_what_OCM_means(string selector, string? reason) =>
        Reason(Own($"predicates: [{{requiredClusterSelector: {{labelSelector: {selector}}}}}]"), Clusters.C1).ShouldBe(reason);

    [Fact]
    public void Predicates_are_ORed_and_what_stands_in_one_is_ANDed()
    {
        var rule = Own("""
            predicates:
            - requiredClusterSelector: {labelSelector: {matchLabels: {location: core}}, claimSelector: {matchExpressions: [{key: gpu, operator: Exists}]}}
            - requiredClusterSelector: {labelSelector: {matchLabels: {location: cloud}}}
            """);
        Reason(rule, Clusters.C3).ShouldBeNull();
        Reason(rule, Clusters.C2).ShouldBe("claim gpu missing");
        Reason(rule, Clusters.C2.Claiming("gpu", "1")).ShouldBeNull();
    }

    [Fact]
    public void CEL_that_only_OCM_can_read_is_left_to_OCM() =>
        Reason(Own("predicates: [{requiredClusterSelector: {celSelector: {celExpressions: ['managedCluster.status.version.kubernetes.startsWith(\"v1.36\")']}}}]"), Clusters.C1)
            .ShouldBeNull();

    [Theory]
    [InlineData("01-matching-all")]
    [InlineData("03-none-matching")]
    [InlineData("07-claim-selector")]
    [InlineData("09-two-predicates-are-ored")]
    [InlineData("62-clusterset-global")]
    public void We_take_the_clusters_that_a_real_hub_took(string recording)
    {
        Assert.SkipUnless(Shared.Folder is not null, "reference material is not here");
        var clusters = Recorded("cluster", "managedclusters-list").Maps("items").Select(ClusterReading.Read);
        var recorded = Recorded("placement", recording);
        var rule = new PlacementRule(recorded.Map("placement", "spec"), "");
        clusters
            .Where(cluster => RuleEvaluator.Evaluate(rule, cluster, Clusters.Now).Satisfied)
            .Select(cluster => cluster.Name)
            .ShouldBe(recorded.Maps("decisions").SelectMany(decision => decision.Maps("status", "decisions")).Select(decision => decision.Text("clusterName")));
    }

    private static JsonNode Recorded(string folder, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Shared.Folder!, "ocm", "recorded", folder, name + ".json")))!;
}
