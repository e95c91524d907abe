using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Placements;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers.Clusters;

public sealed class ClusterTests
{
    private const string Available = "ManagedClusterConditionAvailable";

    [Fact]
    public async Task A_joined_cluster_looks_as_recorded()
    {
        var recorded = Recorded.Read("cluster/managedcluster-cluster1.json");
        await using var hub = await RecordedHub.StartAsync();
        var cluster = hub.Read(Kinds.ManagedClusters, null, "cluster1")!;

        Recorded.Normal(Conditions(cluster)).ShouldBe(Recorded.Normal(Conditions(recorded)));
        Recorded.Normal(cluster.At("metadata", "labels")).ShouldBe(Recorded.Normal(recorded.At("metadata", "labels")));
        Recorded.Normal(cluster.At("metadata", "finalizers")).ShouldBe(Recorded.Normal(recorded.At("metadata", "finalizers")));
        foreach (var field in (string[])["allocatable", "capacity", "version"])
        {
            Recorded.Normal(cluster.At("status", field)).ShouldBe(Recorded.Normal(recorded.At("status", field)));
        }

        var claims = cluster.Items("status", "clusterClaims").Select(Recorded.Normal).ToList();
        recorded.Items("status", "clusterClaims").Select(Recorded.Normal).ShouldBeSubsetOf(claims);
    }

    [Fact]
    public async Task Sets_bindings_and_namespaces_look_as_recorded()
    {
        var (sets, bound) = (Recorded.Read("cluster/managedclustersets-list.json"), Recorded.Read("cluster/managedclustersetbinding-default-in-orch.json"));
        var (missing, space) = (Recorded.Read("cluster/managedclustersetbinding-to-missing-set.json"), Recorded.Read("cluster/hub-namespace-of-cluster1.json"));
        await using var hub = await RecordedHub.StartAsync();

        foreach (var set in sets.Items("items"))
        {
            await hub.UntilSame(() => Recorded.Normal(hub.Read(Kinds.ManagedClusterSets, null, set.Name())), Recorded.Normal(set));
        }

        await hub.UntilSame(() => Recorded.Normal(hub.Read(Kinds.ManagedClusterSetBindings, "orch", "default")), Recorded.Normal(bound));
        await hub.UntilSame(() => Recorded.Normal(hub.Read(Kinds.ManagedClusterSetBindings, "orch", "ghost")), Recorded.Normal(missing));
        Recorded.Normal(hub.Read(Kinds.Namespaces, null, "cluster1")!.At("metadata", "labels")).ShouldBe(Recorded.Normal(space.At("metadata", "labels")));
    }

    [Fact]
    public async Task A_lost_cluster_turns_unknown_after_its_lease_is_tainted_and_leaves_the_decisions()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        hub.Place("all", "{}");
        hub.Place("patient", """{"tolerations":[{"key":"cluster.open-cluster-management.io/unreachable","operator":"Exists","tolerationSeconds":60}]}""");
        await hub.UntilDecided("all", "c1", "c2", "c3");
        await hub.UntilDecided("patient", "c1", "c2", "c3");

        hub.Simulation.Clusters["c3"].Break(faults => faults with { RegistrationAgentDown = true, WorkAgentDown = true });
        await hub.Until(() => hub.Read(Kinds.Leases, "c3", "managed-cluster-lease") is not null, "the lease is there");
        clock.Advance(TimeSpan.FromSeconds(299));
        hub.Read(Kinds.ManagedClusters, null, "c3").ConditionIsTrue(Available).ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(2));

        await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, "c3").Condition(Available).Str("reason") == "ManagedClusterLeaseUpdateStopped", "it is unknown");
        await hub.UntilDecided("all", "c1", "c2");
        Taints(hub, "c3").ShouldBe(["cluster.open-cluster-management.io/unreachable"]);
        hub.Decided("patient").ShouldBe(["c1", "c2", "c3"]);
        clock.Advance(TimeSpan.FromSeconds(61));
        await hub.UntilDecided("patient", "c1", "c2");

        hub.Simulation.Clusters["c3"].Repair();
        await hub.UntilDecided("all", "c1", "c2", "c3");
        Taints(hub, "c3").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_whose_api_is_down_is_unavailable_as_recorded()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });

        hub.Simulation.Clusters["c2"].Break(faults => faults with { ApiDown = true });
        clock.Advance(TimeSpan.FromSeconds(45));

        await hub.Until(() => Taints(hub, "c2").SequenceEqual(["cluster.open-cluster-management.io/unavailable"]), "it is tainted");
        hub.Read(Kinds.ManagedClusters, null, "c2").Condition(Available).Str("reason").ShouldBe("ManagedClusterKubeAPIServerUnavailable");
    }

    [Fact]
    public async Task A_cluster_that_nobody_serves_is_tainted_unreachable_and_only_accepted()
    {
        var recorded = Recorded.Read("cluster/managedcluster-not-accepted.json");
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create("""{"apiVersion":"cluster.open-cluster-management.io/v1","kind":"ManagedCluster","metadata":{"name":"fake000"},"spec":{"hubAcceptsClient":true} }""");

        await hub.UntilSame(
            () => Recorded.Normal(hub.Read(Kinds.ManagedClusters, null, "fake000") is { } cluster ? Conditions(cluster) : null), Recorded.Normal(Conditions(recorded)));
        Taints(hub, "fake000").ShouldBe(["cluster.open-cluster-management.io/unreachable"]);
    }

    [Fact]
    public async Task Claims_made_on_the_cluster_reach_the_hub_and_the_decisions()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Place("gpu", """{"predicates":[{"requiredClusterSelector":{"claimSelector":{"matchExpressions":[{"key":"p2code.filter.gpu","operator":"In","values":["true"]}]} } }]}""");
        await hub.UntilDecided("gpu");

        hub.Create("""{"apiVersion":"cluster.open-cluster-management.io/v1alpha1","kind":"ClusterClaim","metadata":{"name":"p2code.filter.gpu"},"spec":{"value":"true"} }""", "c2");

        await hub.UntilDecided("gpu", "c2");
    }

    [Fact]
    public async Task Detaching_a_cluster_removes_its_works_first()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("w");

        hub.Hub.Delete(Kinds.ManagedClusters, null, "c1");

        await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, "c1") is null, "the cluster is gone");
        hub.Work("w").ShouldBeNull();
        await hub.Until(() => hub.Read(Kinds.ConfigMaps, "default", "a", "c1") is null, "and what it ran");
        hub.Read(Kinds.Namespaces, null, "c1").ShouldNotBeNull();
    }

    [Fact]
    public async Task Detaching_a_cluster_whose_agent_is_dead_waits_for_its_works()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("held", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("held");
        hub.Simulation.Clusters["c1"].Break(faults => faults with { WorkAgentDown = true, RegistrationAgentDown = true });

        hub.Hub.Delete(Kinds.ManagedClusters, null, "c1");

        await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, "c1").Condition("Deleting").Str("message")
            == "The resource manifestworks is remaning, the remaining count is 1, the finalizer pending count is 1", "it waits");
        hub.Hub.Edit(Kinds.ManifestWorks, "c1", "held", work => work["metadata"]!.AsObject().Remove("finalizers"));

        await hub.Until(() => hub.Read(Kinds.ManagedClusters, null, "c1") is null, "the cluster is gone");
        hub.Read(Kinds.ConfigMaps, "default", "a", "c1").ShouldNotBeNull();
    }

    private static JsonObject Conditions(JsonNode cluster) => new() { ["conditions"] = cluster.At("status", "conditions")?.DeepClone() ?? new JsonArray() };

    private static string[] Taints(SimulatedHub hub, string cluster) =>
        [.. hub.Read(Kinds.ManagedClusters, null, cluster).Items("spec", "taints").Select(taint => taint.Str("key")!)];
}
