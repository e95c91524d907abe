using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;

namespace NaaS.Fulfilment.Tests.Place;

public class CrossClusterLinksTests
{
    private readonly IReadOnlyList<PlacementGroup> groups;
    private readonly IReadOnlyList<ComponentLink> links;

    /// <summary>Web and admin call db; each is a group of its own.</summary>
    public CrossClusterLinksTests()
    {
        string Workload(string name, string host) =>
            $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: {name}}}}}, spec: {{containers: [{{name: c, env: [{{name: HOST, value: {host}}}]}}]}}}}}}}}";
        var bundle = Bundler.Bundle(Guid.Empty, Objects.Of(string.Join("\n---\n",
            Workload("web", "db"), Workload("admin", "db"), Workload("db", "nobody"),
            "{apiVersion: v1, kind: Service, metadata: {name: db, namespace: ns}, spec: {selector: {app: db}, ports: [{port: 3306, nodePort: 30000, targetPort: mysql}]}}")));
        var rules = PlacementRules.Any with
        {
            Workloads = bundle.Components.ToDictionary(
                component => component.Workload.Name, component => (IReadOnlyList<ClusterFilter>)[new("only", component.Workload.Name)]),
        };
        groups = Grouper.Group(bundle, rules, new Dictionary<Guid, string>(), new());
        links = LinkFinder.Find(bundle);
    }

    private IReadOnlyDictionary<string, IReadOnlyList<System.Text.Json.Nodes.JsonObject>> Added(params (string Group, string Clusters)[] places) =>
        CrossClusterLinks.Objects(groups, links, Places(places));

    private static Dictionary<string, IReadOnlyList<string>> Places((string Group, string Clusters)[] places) =>
        places.ToDictionary(place => place.Group, place => (IReadOnlyList<string>)place.Clusters.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Keys(IEnumerable<System.Text.Json.Nodes.JsonObject> objects) => objects.Select(o => ObjectKey.Of(o).ToString());

    [Fact]
    public void Together_they_need_nothing() => Added(("web", "c1"), ("admin", "c1"), ("db", "c1")).ShouldBeEmpty();

    [Fact]
    public void Apart_the_pods_side_exports_and_the_callers_side_gets_a_Service_of_the_same_name()
    {
        var added = Added(("web", "c2"), ("admin", "c1"), ("db", "c1"));
        Keys(added["c1"]).ShouldBe(["ServiceExport/ns/db"]);
        added["c2"].ShouldHaveSingleItem().ToJsonString().ShouldBe(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"db","namespace":"ns"},
            "spec":{"type":"ExternalName","externalName":"db.ns.svc.clusterset.local","ports":[{"port":3306,"targetPort":"mysql"}]}}
            """.ReplaceLineEndings(""));
        CrossClusterLinks.Crossing(groups, links, Places([("web", "c2"), ("admin", "c1"), ("db", "c1")])).ShouldHaveSingleItem().Service.Name.ShouldBe("db");
    }

    [Fact]
    public void Two_callers_on_one_cluster_share_it() => Keys(Added(("web", "c2"), ("admin", "c2"), ("db", "c1"))["c2"]).ShouldBe(["Service/ns/db"]);

    [Fact]
    public void While_the_caller_moves_only_its_new_place_needs_it() =>
        Added(("web", "c1 c2"), ("admin", "c1"), ("db", "c1")).Keys.ShouldBe(["c1", "c2"], ignoreOrder: true);

    [Fact]
    public void While_the_target_moves_both_its_places_export_and_callers_beside_either_use_that()
    {
        var added = Added(("web", "c1"), ("admin", "c3"), ("db", "c1 c2"));
        Keys(added["c1"]).ShouldBe(["ServiceExport/ns/db"]);
        Keys(added["c2"]).ShouldBe(["ServiceExport/ns/db"]);
        Keys(added["c3"]).ShouldBe(["Service/ns/db"]);
    }

    [Fact]
    public void What_is_not_placed_yet_is_left_alone() => Added(("web", "c2"), ("admin", "c1"), ("db", "")).ShouldBeEmpty();
}
