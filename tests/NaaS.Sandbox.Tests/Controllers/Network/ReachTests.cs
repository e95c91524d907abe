using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Workloads;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers.Network;

public sealed class ReachTests
{
    [Theory]
    [InlineData("db")]
    [InlineData("db.default")]
    [InlineData("db.default.svc")]
    [InlineData("db.default.svc.cluster.local")]
    public async Task A_service_is_reached_by_each_of_its_names(string host)
    {
        await using var hub = await WithDatabase();

        Ask(hub, "c1", "web", host).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_not_there_is_not_reached_and_the_reason_is_given()
    {
        await using var hub = await WithDatabase();

        Ask(hub, "c1", "web", "nope").Why.ShouldBe("nope does not resolve: there is no such service on c1");
        Ask(hub, "c1", "web", "db", 1).Why.ShouldBe("service default/db on c1 has no port 1");
        Ask(hub, "c1", "nobody", "db").Why.ShouldBe("there is no pod default/nobody on c1");
        hub.Change(Kinds.Deployments, "db", tree => tree["spec"]!["replicas"] = 0);
        await hub.Until(() => hub.Pods("app=db").Count == 0, "the database is gone");
        Ask(hub, "c1", "web", "db").Why.ShouldBe("service default/db on c1 has no ready pod");
    }

    [Fact]
    public async Task A_policy_admits_the_pods_it_names_on_the_ports_it_names()
    {
        await using var hub = await WithDatabase();
        Ask(hub, "c1", "stranger", "db").Allowed.ShouldBeTrue();

        Shield(hub, "c1");

        Ask(hub, "c1", "web", "db").Allowed.ShouldBeTrue();
        Ask(hub, "c1", "stranger", "db").ShouldBe(new Reach(false, Ask(hub, "c1", "stranger", "db").Why));
        Ask(hub, "c1", "stranger", "db").Why.ShouldStartWith("network policy default/db does not admit default/stranger to default/db-");
    }

    [Fact]
    public async Task An_egress_policy_keeps_a_pod_in()
    {
        await using var hub = await WithDatabase();

        hub.Create("""{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"in","namespace":"default"},"spec":{"podSelector":{"matchLabels":{"app":"web"} },"policyTypes":["Egress"]} }""", "c1");

        Ask(hub, "c1", "web", "db").Why.ShouldStartWith("network policy default/in does not let default/web out to default/db-");
        Ask(hub, "c1", "stranger", "db").Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_exported_service_is_reached_from_another_cluster_through_an_external_name()
    {
        await using var hub = await WithDatabase();
        await Run(hub, "c2", "caller");
        hub.Create("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"db","namespace":"default"},"spec":{"type":"ExternalName","externalName":"db.default.svc.clusterset.local"} }""", "c2");
        Ask(hub, "c2", "caller", "db").Why.ShouldBe("no cluster exports default/db");

        hub.Create("""{"apiVersion":"multicluster.x-k8s.io/v1alpha1","kind":"ServiceExport","metadata":{"name":"db","namespace":"default"} }""", "c1");

        Ask(hub, "c2", "caller", "db").Allowed.ShouldBeTrue();
        Ask(hub, "c2", "caller", "db").Why.ShouldContain("on c1 answers on port 3306");
    }

    [Fact]
    public async Task An_exported_service_is_imported_wherever_its_namespace_exists()
    {
        await using var hub = await WithDatabase();
        hub.Create("""{"apiVersion":"multicluster.x-k8s.io/v1alpha1","kind":"ServiceExport","metadata":{"name":"nothing","namespace":"default"} }""", "c1");
        hub.Create("""{"apiVersion":"multicluster.x-k8s.io/v1alpha1","kind":"ServiceExport","metadata":{"name":"db","namespace":"default"} }""", "c1");

        await hub.Until(() => hub.Read(Kinds.ServiceImports, "default", "db", "c3").Items("status", "clusters").FirstOrDefault().Str("cluster") == "c1", "it is imported on c3");
        hub.Read(Kinds.ServiceImports, "default", "db", "c3").At("spec", "ports")![0].Int("port").ShouldBe(3306);
        await hub.Until(() => hub.OnC1(Kinds.ServiceExports, "nothing").Condition("Valid").Str("message") == "there is no service default/nothing", "the other is not valid");
        hub.Clusters["c1"].Delete(Kinds.ServiceExports, "default", "db");

        await hub.Until(() => hub.Read(Kinds.ServiceImports, "default", "db", "c3") is null, "it is no longer imported");
    }

    [Fact]
    public async Task A_policy_admits_callers_from_other_clusters_by_their_range_of_addresses_only()
    {
        await using var hub = await WithDatabase();
        await Run(hub, "c2", "caller");
        hub.Create("""{"apiVersion":"multicluster.x-k8s.io/v1alpha1","kind":"ServiceExport","metadata":{"name":"db","namespace":"default"} }""", "c1");

        Shield(hub, "c1");
        Ask(hub, "c2", "caller", "db.default.svc.clusterset.local").Allowed.ShouldBeFalse();
        hub.Change(Kinds.NetworkPolicies, "db", tree => tree["spec"]!["ingress"]![0]!["from"]!.AsArray().Add(JsonNode.Parse("""{"ipBlock":{"cidr":"242.0.0.0/8"} }""")));

        Ask(hub, "c2", "caller", "db.default.svc.clusterset.local").Allowed.ShouldBeTrue();
        Ask(hub, "c1", "stranger", "db").Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_namespace_selector_admits_pods_of_that_namespace()
    {
        await using var hub = await WithDatabase();
        hub.Clusters["c1"].Create(Kinds.Namespaces, JsonNode.Parse("""{"metadata":{"name":"ops","labels":{"team":"ops"} } }""")!.AsObject());
        await Run(hub, "c1", "operator", "ops");
        Shield(hub, "c1");
        Ask(hub, "c1", "operator", "db.default", ns: "ops").Allowed.ShouldBeFalse();

        hub.Change(Kinds.NetworkPolicies, "db", tree => tree["spec"]!["ingress"]![0]!["from"]!.AsArray().Add(JsonNode.Parse("""{"namespaceSelector":{"matchLabels":{"team":"ops"} } }""")));

        Ask(hub, "c1", "operator", "db.default", ns: "ops").Allowed.ShouldBeTrue();
    }

    private static async Task<SimulatedHub> WithDatabase()
    {
        var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("db"), "c1");
        hub.Create("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"db","namespace":"default"},"spec":{"selector":{"app":"db"},"ports":[{"port":3306}]} }""", "c1");
        await Run(hub, "c1", "web");
        await Run(hub, "c1", "stranger");
        await hub.UntilRolledOut("db");
        return hub;
    }

    private static async Task Run(SimulatedHub hub, string cluster, string name, string ns = "default")
    {
        hub.Create($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}","labels":{"app":"{{{name}}}"} },"spec":{"containers":[{"name":"c","image":"x"}]} }""", cluster);
        await hub.Until(() => hub.Read(Kinds.Pods, ns, name, cluster).ConditionIsTrue("Ready"), $"{name} runs on {cluster}");
    }

    private static void Shield(SimulatedHub hub, string cluster) => hub.Create("""
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"db","namespace":"default"},
         "spec":{"podSelector":{"matchLabels":{"app":"db"} },"policyTypes":["Ingress"],
                 "ingress":[{"from":[{"podSelector":{"matchLabels":{"app":"web"} } }],"ports":[{"port":3306,"protocol":"TCP"}]}]} }
        """, cluster);

    private static Reach Ask(SimulatedHub hub, string cluster, string pod, string host, int port = 3306, string ns = "default") =>
        hub.Sandbox.CanReach(cluster, $"{ns}/{pod}", host, port);
}
