using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers;

public sealed class FaultTests
{
    [Fact]
    public async Task A_cluster_is_lost_by_annotation_and_comes_back_without_it()
    {
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { Agents = new AgentOptions { LeaseGrace = TimeSpan.FromMilliseconds(50) } });

        Order(hub, "c2", "lost");
        await hub.Until(() => Available(hub) == "Unknown", "it is lost");
        Order(hub, "c2", null);

        await hub.Until(() => Available(hub) == "True", "it is back");
    }

    [Fact]
    public async Task Refused_kinds_and_pods_that_never_become_ready_are_ordered_by_name()
    {
        await using var hub = await SimulatedHub.StartAsync();
        Order(hub, "c1", "refuse=ConfigMap/bad, never-ready=web");
        await hub.Until(() => hub.Simulation.Clusters["c1"].Faults.NeverReady is not null, "the faults are there");

        hub.Deliver("w", WorkSteps.ConfigMap("good") + "," + WorkSteps.ConfigMap("bad") + "," + WorkSteps.Deployment("web"));

        await hub.UntilApplied("w", status: "False");
        hub.Work("w").ManifestCondition(1, "Applied").ShouldBe("False/AppliedManifestFailed/Failed to apply manifest: refused by order");
        await hub.Until(() => hub.Read(Kinds.Deployments, "default", "web", "c1").Int("status", "unavailableReplicas") == 1
            && hub.Clusters["c1"].List(Kinds.Pods, "default").Read().Any(pod => pod.Str("status", "phase") == "Running"), "the pod runs but is not ready");
    }

    [Fact]
    public async Task A_slow_agent_acts_later()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        Order(hub, "c1", "slow=5s");
        await hub.Until(() => hub.Simulation.Clusters["c1"].Faults.Delay == TimeSpan.FromSeconds(5), "it is slow");

        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        hub.Deliver("elsewhere", WorkSteps.ConfigMap("a"), cluster: "c2");
        await hub.UntilApplied("elsewhere", "c2");
        hub.Work("w").Texts("metadata", "finalizers").ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(5));
        await hub.Until(() => hub.Work("w").Texts("metadata", "finalizers").Count == 1, "it has begun");
        clock.Advance(TimeSpan.FromSeconds(5));

        await hub.UntilApplied("w");
    }

    [Fact]
    public void An_unknown_fault_is_refused_by_name() =>
        Should.Throw<FormatException>(() => FaultController.Parse("agent-down,tired")).Message.ShouldStartWith("tired is no fault: lost,");

    private static void Order(SimulatedHub hub, string cluster, string? faults) => hub.Hub.Edit(Kinds.ManagedClusters, null, cluster, tree =>
    {
        var annotations = tree["metadata"]!.AsObject().Need("annotations");
        annotations.Remove(FaultController.Annotation);
        if (faults is not null)
        {
            annotations[FaultController.Annotation] = faults;
        }

        return true;
    });

    private static string? Available(SimulatedHub hub) => hub.Read(Kinds.ManagedClusters, null, "c2").Condition("ManagedClusterConditionAvailable").Str("status");
}
