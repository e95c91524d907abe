using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

public sealed class RetryTests
{
    [Fact]
    public async Task A_missing_namespace_is_named_and_the_work_is_applied_once_it_is_there()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Deliver("w", WorkSteps.ConfigMap("a", ns: "later"));
        await hub.UntilApplied("w", status: "False");
        hub.Work("w").ManifestCondition(0, "Applied").ShouldBe("False/AppliedManifestFailed/Failed to apply manifest: namespaces \"later\" not found");
        hub.Clusters["c1"].Create(Kinds.Namespaces, Kinds.Namespaces.New(null, "later"));

        await hub.UntilApplied("w");
    }

    [Fact]
    public async Task Changing_a_label_retries_at_once_what_would_wait_for_minutes()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        hub.Deliver("w", WorkSteps.ConfigMap("a", ns: "later"));
        await hub.UntilApplied("w", status: "False");
        hub.Clusters["c1"].Create(Kinds.Namespaces, Kinds.Namespaces.New(null, "later"));

        hub.Hub.Edit(Kinds.ManifestWorks, "c1", "w", work =>
        {
            work["metadata"]!["labels"] = new JsonObject { ["kick"] = "1" };
            return true;
        });

        await hub.UntilApplied("w");
    }

    [Fact]
    public async Task A_refusal_is_reported_and_ends_with_the_fault()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Simulation.Clusters["c1"].Break(faults => faults with { Refuse = manifest => manifest.Name() == "bad" ? "admission webhook said no" : null });

        hub.Deliver("w", WorkSteps.ConfigMap("good") + "," + WorkSteps.ConfigMap("bad"));
        await hub.UntilApplied("w", status: "False");
        hub.Work("w").ManifestCondition(1, "Applied").ShouldBe("False/AppliedManifestFailed/Failed to apply manifest: admission webhook said no");
        hub.Read(Kinds.ConfigMaps, "default", "good", "c1").ShouldNotBeNull();
        hub.Simulation.Clusters["c1"].Repair();

        await hub.UntilApplied("w");
    }

    [Fact]
    public async Task While_the_agent_is_down_nothing_happens_and_afterwards_all_is_caught_up()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("changed", WorkSteps.ConfigMap("a"));
        hub.Deliver("deleted", WorkSteps.ConfigMap("b"));
        await hub.UntilApplied("changed");
        await hub.UntilApplied("deleted");
        var cluster = hub.Simulation.Clusters["c1"];
        cluster.Break(faults => faults with { WorkAgentDown = true });

        hub.Deliver("created", WorkSteps.ConfigMap("c"));
        hub.Redeliver("changed", spec => spec["workload"]!["manifests"]![0]!["data"]!["a"] = "2");
        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "deleted");
        hub.Deliver("elsewhere", WorkSteps.ConfigMap("d"), cluster: "c2");
        await hub.UntilApplied("elsewhere", "c2");

        hub.Work("created")!.ContainsKey("status").ShouldBeFalse();
        hub.Work("created").Texts("metadata", "finalizers").ShouldBeEmpty();
        hub.Work("changed").Condition("Applied").Int("observedGeneration").ShouldBe(1);
        hub.Work("deleted").Condition("Deleting").ShouldBeNull();

        cluster.Repair();
        await hub.UntilApplied("created");
        await hub.UntilApplied("changed");
        await hub.Until(() => hub.Work("deleted") is null, "the deletion is done");
    }

    [Fact]
    public async Task While_the_clusters_api_is_down_applied_turns_false_and_available_unknown()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("w");
        var cluster = hub.Simulation.Clusters["c1"];
        cluster.Break(faults => faults with { ApiDown = true });

        hub.Redeliver("w", spec => spec["workload"]!["manifests"]![0]!["data"]!["a"] = "2");

        await hub.UntilApplied("w", status: "False");
        await hub.Until(() => hub.Work("w").Condition("Available").Str("reason") == "ResourcesStatusUnknown", "nobody knows");
        hub.Work("w").ManifestCondition(0, "Available")!.ShouldStartWith("Unknown/FetchingResourceFailed/Failed to fetch resource: Get \"https://");
        cluster.Repair();

        await hub.UntilApplied("w");
        await hub.Until(() => hub.Work("w").Condition("Available").Str("status") == "True", "available again");
    }

    [Fact]
    public async Task Drift_is_undone_at_the_next_resync_and_not_before()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("w");
        clock.Advance(TimeSpan.FromSeconds(1));
        hub.Clusters["c1"].Edit(Kinds.ConfigMaps, "default", "a", tree =>
        {
            tree["data"]!["a"] = "drifted";
            return true;
        });

        clock.Advance(TimeSpan.FromSeconds(200));
        hub.Deliver("later", WorkSteps.ConfigMap("b"));
        await hub.UntilApplied("later");
        Value().ShouldBe("drifted");
        clock.Advance(TimeSpan.FromSeconds(160));

        await hub.Until(() => Value() == "1", "the agent put it back");

        string? Value() => hub.Read(Kinds.ConfigMaps, "default", "a", "c1").Str("data", "a");
    }
}
