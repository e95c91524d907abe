using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers.Workloads;

public sealed class OtherWorkloadTests
{
    private const string Claims = """
        "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }]
        """;

    [Fact]
    public async Task A_stateful_set_starts_its_pods_in_order_each_with_its_claim()
    {
        await using var hub = await SimulatedHub.StartAsync();
        var together = false;
        hub.Clusters["c1"].Changed += _ => together |= hub.Pods().Count(pod => !pod.ConditionIsTrue("Ready")) > 1;

        hub.Create(StatefulSet("db", 3), "c1");

        await hub.Until(() => hub.OnC1(Kinds.StatefulSets, "db").Int("status", "readyReplicas") == 3, "all are ready");
        together.ShouldBeFalse();
        hub.Pods().Select(pod => pod.Name()).ShouldBe(["db-0", "db-1", "db-2"]);
        hub.Clusters["c1"].List(Kinds.PersistentVolumeClaims, "default").Items.Select(claim => claim.Name).ShouldBe(["data-db-0", "data-db-1", "data-db-2"]);
        var status = hub.OnC1(Kinds.StatefulSets, "db")!["status"];
        status.Str("currentRevision").ShouldBe(status.Str("updateRevision"));
    }

    [Fact]
    public async Task An_updated_stateful_set_replaces_its_pods_and_keeps_their_claims()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(StatefulSet("db", 2), "c1");
        await hub.Until(() => hub.OnC1(Kinds.StatefulSets, "db").Int("status", "readyReplicas") == 2, "both are ready");
        var claims = hub.Clusters["c1"].List(Kinds.PersistentVolumeClaims, "default").Items.Select(claim => claim.Uid).ToList();
        var before = hub.OnC1(Kinds.StatefulSets, "db").Str("status", "currentRevision");

        hub.Change(Kinds.StatefulSets, "db", tree => tree["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "registry.example/db:2");

        await hub.Until(() => hub.OnC1(Kinds.StatefulSets, "db")!["status"] is var status && status.Int("updatedReplicas") == 2
            && status.Str("currentRevision") == status.Str("updateRevision") && status.Str("currentRevision") != before, "both are replaced");
        hub.Clusters["c1"].List(Kinds.PersistentVolumeClaims, "default").Items.Select(claim => claim.Uid).ShouldBe(claims);
    }

    [Fact]
    public async Task Scaling_a_stateful_set_down_takes_the_highest_pod_and_keeps_its_claim()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(StatefulSet("db", 2), "c1");
        await hub.Until(() => hub.OnC1(Kinds.StatefulSets, "db").Int("status", "readyReplicas") == 2, "both are ready");

        hub.Change(Kinds.StatefulSets, "db", tree => tree["spec"]!["replicas"] = 1);

        await hub.Until(() => hub.Pods() is [var pod] && pod.Name() == "db-0", "one is left");
        hub.Clusters["c1"].Count(Kinds.PersistentVolumeClaims).ShouldBe(2);
    }

    [Theory, InlineData("Delete", 0), InlineData("Retain", 1)]
    public async Task A_deleted_stateful_set_takes_its_claims_along_where_it_says_so(string whenDeleted, int left)
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(StatefulSet("db", 1).Replace("\"replicas\"", $$$"""
            "persistentVolumeClaimRetentionPolicy":{"whenDeleted":"{{{whenDeleted}}}"},"replicas"
            """, StringComparison.Ordinal), "c1");
        await hub.Until(() => hub.OnC1(Kinds.StatefulSets, "db").Int("status", "readyReplicas") == 1, "it is ready");

        hub.Clusters["c1"].DeleteIfThere(Kinds.StatefulSets, "default", "db");

        await hub.Until(() => hub.Pods().Count == 0, "its pod is gone");
        await hub.Until(() => hub.Clusters["c1"].Count(Kinds.PersistentVolumeClaims) == left, $"{left} claims are left");
    }

    [Fact]
    public async Task A_daemon_set_runs_one_pod_on_the_node_and_replaces_it()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create("""
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent","namespace":"default"},"spec":{"selector":{"matchLabels":{"app":"agent"} },
             "template":{"metadata":{"labels":{"app":"agent"} },"spec":{"containers":[{"name":"c","image":"x:1"}]} } } }
            """, "c1");
        await hub.Until(() => hub.OnC1(Kinds.DaemonSets, "agent").Int("status", "numberReady") == 1, "it is ready");
        var first = hub.Pods().Single().Uid();

        hub.Change(Kinds.DaemonSets, "agent", tree => tree["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "x:2");

        await hub.Until(() => hub.Pods() is [var pod] && pod.Uid() != first && pod.ConditionIsTrue("Ready"), "another pod is ready");
        await hub.Until(() => hub.OnC1(Kinds.DaemonSets, "agent").Int("status", "updatedNumberScheduled") == 1, "and counted");
    }

    [Fact]
    public async Task A_job_runs_its_pod_to_the_end()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(Job("once", "x"), "c1");

        await hub.Until(() => hub.OnC1(Kinds.Jobs, "once").ConditionIsTrue("Complete"), "it is complete");
        hub.OnC1(Kinds.Jobs, "once").Int("status", "succeeded").ShouldBe(1);
        hub.Pods().Single().Str("status", "phase").ShouldBe("Succeeded");
    }

    [Fact]
    public async Task A_job_that_keeps_failing_reaches_its_backoff_limit()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(Job("bad", "registry.example/crash-loop"), "c1");

        await hub.Until(() => hub.OnC1(Kinds.Jobs, "bad").Condition("Failed").Str("reason") == "BackoffLimitExceeded", "it has failed");
        hub.OnC1(Kinds.Jobs, "bad").Int("status", "failed").ShouldBe(2);
    }

    [Fact]
    public async Task A_service_has_the_ready_pods_as_endpoints()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"default"},"spec":{"ports":[{"port":80,"targetPort":8080}],"selector":{"app":"web"} } }""", "c1");

        hub.Create(WorkSteps.Deployment("web", replicas: 2), "c1");

        await hub.UntilRolledOut("web");
        await hub.Until(() => hub.OnC1(Kinds.Endpoints, "web").At("subsets") is { } subsets && subsets[0].Items("addresses").Count() == 2, "both are endpoints");
        hub.OnC1(Kinds.Endpoints, "web").At("subsets")![0].At("ports")![0].Int("port").ShouldBe(8080);
        await hub.Until(() => hub.Clusters["c1"].List(Kinds.EndpointSlices, "default", LabelSelector.Parse("kubernetes.io/service-name=web")).Read().Single()
            .Items("endpoints").Count(endpoint => endpoint.Bool("conditions", "ready") is true) == 2, "and so in the slice");
    }

    [Fact]
    public async Task An_ingress_gets_an_address_and_an_autoscaler_keeps_its_bounds()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web", replicas: 1), "c1");
        await hub.UntilRolledOut("web");

        hub.Create("""{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web","namespace":"default"},"spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80} } } } }""", "c1");
        hub.Create("""
            {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"web","namespace":"default"},
             "spec":{"minReplicas":2,"maxReplicas":4,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"} } }
            """, "c1");

        await hub.Until(() => hub.OnC1(Kinds.Ingresses, "web").At("status", "loadBalancer", "ingress") is not null, "the ingress has an address");
        await hub.Until(() => hub.OnC1(Kinds.HorizontalPodAutoscalers, "web").Int("status", "currentReplicas") == 2, "the autoscaler raised it to two");
        await hub.UntilRolledOut("web");
    }

    [Fact]
    public async Task Every_namespace_has_its_default_service_account()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Clusters["c1"].Create(Kinds.Namespaces, Kinds.Namespaces.New(null, "fresh"));

        await hub.Until(() => hub.Read(Kinds.ServiceAccounts, "fresh", "default", "c1") is not null, "the account is there");
    }

    private static string StatefulSet(string name, int replicas) => $$$"""
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"{{{name}}}","namespace":"default"},"spec":{"serviceName":"{{{name}}}","replicas":{{{replicas}}},
         "selector":{"matchLabels":{"app":"{{{name}}}"} },"template":{"metadata":{"labels":{"app":"{{{name}}}"} },"spec":{"containers":[{"name":"c","image":"registry.example/db:1"}]} },
         {{{Claims}}} } }
        """;

    private static string Job(string name, string image) => $$$"""
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{{name}}}","namespace":"default"},"spec":{"backoffLimit":1,
         "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"{{{image}}}"}]} } } }
        """;
}
