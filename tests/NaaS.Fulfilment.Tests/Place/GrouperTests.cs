using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Tests.Place;

public class GrouperTests
{
    private static readonly PlaceOptions Options = new();

    private static readonly Dictionary<Guid, string> Nothing = [];

    private static ReleaseBundle Release(params string[] workloads) => Bundler.Bundle(
        Guid.Empty,
        [
            .. workloads.Select(name => Objects.One(
                $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: {name}}}}}}}}}}}")),
            Objects.One("{apiVersion: v1, kind: ConfigMap, metadata: {name: nobody-needs, namespace: ns}}"),
        ]);

    private static PlacementRules Rules(params (string Workload, string Key, string Value)[] filters) => PlacementRules.Any with
    {
        Workloads = filters
            .GroupBy(filter => filter.Workload)
            .ToDictionary(same => same.Key, same => (IReadOnlyList<ClusterFilter>)[.. same.Select(filter => new ClusterFilter(filter.Key, filter.Value))]),
    };

    private static Dictionary<Guid, string> Known(IReadOnlyList<PlacementGroup> groups) =>
        groups.SelectMany(group => group.Components, (group, component) => (component.Id, group.Name)).ToDictionary(known => known.Id, known => known.Name);

    private static string Shape(IReadOnlyList<PlacementGroup> groups) =>
        string.Join("; ", groups.Select(group => $"{group.Name}: {string.Join(" ", group.Components.Select(component => component.Workload.Name))}"));

    [Fact]
    public void Without_rules_all_components_stay_together_on_any_cluster_of_the_configured_set()
    {
        var group = Grouper.Group(Release("web", "db"), PlacementRules.Any, Nothing, Options).ShouldHaveSingleItem();
        group.Name.ShouldBe("web");
        group.Components.Count.ShouldBe(2);
        group.Objects.Count.ShouldBe(3);
        group.Rule.Spec.ToJsonString().ShouldBe(
            """
            {"clusterSets":["default"],"numberOfClusters":1,"tolerations":[
            {"key":"cluster.open-cluster-management.io/unreachable","operator":"Exists","tolerationSeconds":300},
            {"key":"cluster.open-cluster-management.io/unavailable","operator":"Exists","tolerationSeconds":300}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Components_with_the_same_rules_make_a_group_and_leftovers_go_with_the_first()
    {
        var groups = Grouper.Group(Release("web", "db", "admin"), Rules(("db", "location", "core")), Nothing, Options);
        Shape(groups).ShouldBe("web: web admin; db: db");
        groups[0].Objects.Select(ObjectKey.Of).Select(key => key.Name).ShouldBe(["web", "admin", "nobody-needs"]);
        groups[1].Objects.Select(ObjectKey.Of).Select(key => key.Name).ShouldBe(["db"]);
    }

    [Fact]
    public void The_order_in_which_filters_are_written_makes_no_group_of_its_own()
    {
        var rules = Rules(("web", "a", "1"), ("web", "b", "2"), ("db", "b", "2"), ("db", "a", "1"));
        Grouper.Group(Release("web", "db"), rules, Nothing, Options).ShouldHaveSingleItem();
    }

    [Fact]
    public void Two_filters_become_every_combination_of_their_means()
    {
        var group = Grouper.Group(Release("web"), Rules(("web", "a", "1"), ("web", "b", "2")), Nothing, Options).Single();
        var predicates = (JsonArray)group.Rule.Spec["predicates"]!;
        predicates.Count.ShouldBe(9);
        predicates[1]!.ToJsonString().ShouldBe(
            """
            {"requiredClusterSelector":{"labelSelector":{"matchExpressions":[{"key":"a","operator":"In","values":["1"]}]},
            "claimSelector":{"matchExpressions":[{"key":"p2code.filter.b","operator":"In","values":["2"]}]}}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void A_group_keeps_its_name_while_the_component_that_gave_it_stays()
    {
        var before = Grouper.Group(Release("web", "db", "admin"), PlacementRules.Any, Nothing, Options);
        Shape(before).ShouldBe("web: web db admin");

        var split = Grouper.Group(Release("web", "db", "admin"), Rules(("web", "d", "o"), ("admin", "d", "o")), Known(before), Options);
        Shape(split).ShouldBe("web: web admin; db: db");

        var swapped = Grouper.Group(Release("web", "db", "admin"), Rules(("db", "d", "o")), Known(split), Options);
        Shape(swapped).ShouldBe("web: web admin; db: db");

        var withNew = Grouper.Group(Release("api", "web", "db", "admin"), Rules(("db", "d", "o")), Known(swapped), Options);
        Shape(withNew).ShouldBe("web: api web admin; db: db");
    }

    [Fact]
    public void When_the_naming_component_leaves_the_name_goes_with_most_of_its_companions_and_never_to_strangers()
    {
        var before = Grouper.Group(Release("web", "db", "admin"), PlacementRules.Any, Nothing, Options);
        var without = Grouper.Group(Release("db", "admin"), PlacementRules.Any, Known(before), Options);
        Shape(without).ShouldBe("web: db admin");

        var returned = Grouper.Group(Release("db", "admin", "web"), Rules(("web", "d", "o")), Known(without), Options);
        Shape(returned).ShouldBe("web: db admin; web-2: web");
    }

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var (one, two) = (new string('x', 60) + "1", new string('x', 60) + "2");
        var groups = Grouper.Group(Release(one, two), Rules((two, "d", "o")), Nothing, Options);
        groups.Select(group => group.Name).ShouldBe([new string('x', 40), new string('x', 38) + "-2"]);
    }

    [Fact]
    public void Placements_hold_for_the_workload_of_their_name_and_another_for_the_rest()
    {
        var rules = PlacementRules.Any with
        {
            Placements = new Dictionary<string, JsonObject> { ["db"] = Objects.One("clusterSets: [prod]"), ["the-rest"] = Objects.One("{numberOfClusters: 1}") },
        };
        var groups = Grouper.Group(Release("web", "db", "admin"), rules, Nothing, Options);
        Shape(groups).ShouldBe("web: web admin; db: db");
        groups[0].Rule.Spec["clusterSets"]!.ToJsonString().ShouldBe("""["default"]""");
        groups[1].Rule.Spec["clusterSets"]!.ToJsonString().ShouldBe("""["prod"]""");
    }

    [Fact]
    public void Rules_that_do_not_fit_the_release_are_refused_in_plain_words()
    {
        string Refused(PlacementRules rules, params string[] workloads) =>
            Should.Throw<PlacementException>(() => Grouper.Group(Release(workloads), rules, Nothing, Options)).Message;

        Refused(Rules(("wbe", "a", "1")), "web", "db").ShouldBe("placement rules name the workload \"wbe\"; the release has web, db");
        Refused(Rules(("web", "a", "1")) with { Global = [new("a", "2")] }, "web").ShouldContain("no cluster can be both");
        Refused(PlacementRules.Any).ShouldContain("no workload");
        Refused(PlacementRules.Any with { Global = [.. "abcdef".Select(c => new ClusterFilter($"{c}", "1"))] }, "web").ShouldContain("at most 5");
        Refused(PlacementRules.Any with { Placements = new Dictionary<string, JsonObject> { ["one"] = [], ["two"] = [] } }, "web").ShouldContain("one and two");
    }
}
