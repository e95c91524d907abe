using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

public sealed class ApplyTests
{
    [Fact]
    public async Task The_agent_sets_its_finalizer_and_notes_what_it_applied()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Deliver("w", WorkSteps.ConfigMap("a"));

        await hub.UntilApplied("w");
        hub.Work("w").Texts("metadata", "finalizers").ShouldBe(["cluster.open-cluster-management.io/manifest-work-cleanup"]);
        await hub.Until(() => Applied(hub).Items("status", "appliedResources").Count() == 1, "the object is noted");
        hub.Read(Kinds.ConfigMaps, "default", "a", "c1")!.HasOwner(Applied(hub).Uid()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_update_replaces_data_and_merges_labels()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default","labels":{"one":"1","two":"2"} },"data":{"a":"1","b":"1"} }""");
        await hub.UntilApplied("w");
        hub.Clusters["c1"].Edit(Kinds.ConfigMaps, "default", "a", tree =>
        {
            tree["metadata"]!["labels"]!["foreign"] = "x";
            return true;
        });

        hub.Redeliver("w", spec => spec["workload"]!["manifests"]![0] = JsonNode.Parse(
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default","labels":{"one":"1"} },"data":{"a":"2"} }"""));

        await hub.UntilApplied("w");
        var now = hub.Read(Kinds.ConfigMaps, "default", "a", "c1");
        now!["data"]!.ToJsonString().ShouldBe("""{"a":"2"}""");
        now.Labels().Keys.ShouldBe(["one", "two", "foreign"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_manifest_taken_out_of_the_work_goes_from_the_cluster()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.ConfigMap("a") + "," + WorkSteps.ConfigMap("b"));
        await hub.UntilApplied("w");

        hub.Redeliver("w", spec => spec["workload"]!["manifests"]!.AsArray().RemoveAt(1));

        await hub.Until(() => hub.Read(Kinds.ConfigMaps, "default", "b", "c1") is null, "b is gone");
        hub.Read(Kinds.ConfigMaps, "default", "a", "c1").ShouldNotBeNull();
        await hub.Until(() => hub.Work("w").Items("status", "resourceStatus", "manifests").Count() == 1, "its status is gone too");
    }

    [Fact]
    public async Task An_object_in_two_works_stays_until_the_last_owner_goes()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("one", WorkSteps.ConfigMap("a"));
        hub.Deliver("two", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("one");
        await hub.UntilApplied("two");
        await hub.Until(() => hub.Clusters["c1"].Find(Kinds.ConfigMaps, "default", "a")!.Owners.Count == 2, "both own it");

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "one");
        await hub.Until(() => hub.Work("one") is null, "the first is gone");
        hub.Clusters["c1"].Find(Kinds.ConfigMaps, "default", "a")!.Owners.Count.ShouldBe(1);
        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "two");

        await hub.Until(() => hub.Read(Kinds.ConfigMaps, "default", "a", "c1") is null, "it went with the last");
    }

    [Fact]
    public async Task An_object_moves_to_another_work_without_going_away()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("from", WorkSteps.ConfigMap("a") + "," + WorkSteps.ConfigMap("other"));
        await hub.UntilApplied("from");
        var uid = hub.Read(Kinds.ConfigMaps, "default", "a", "c1").Uid();

        hub.Deliver("to", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("to");
        hub.Redeliver("from", spec => spec["workload"]!["manifests"]!.AsArray().RemoveAt(0));

        await hub.Until(() => hub.Clusters["c1"].Find(Kinds.ConfigMaps, "default", "a")?.Owners.Count == 1, "only the new work owns it");
        hub.Read(Kinds.ConfigMaps, "default", "a", "c1").Uid().ShouldBe(uid);
    }

    [Fact]
    public async Task An_object_that_was_there_is_adopted_and_later_deleted()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.ConfigMap("a", """{"mine":"1"}"""), "c1");

        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("w");
        hub.Read(Kinds.ConfigMaps, "default", "a", "c1")!["data"]!.ToJsonString().ShouldBe("""{"a":"1"}""");
        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "w");

        await hub.Until(() => hub.Read(Kinds.ConfigMaps, "default", "a", "c1") is null, "it went with the work");
    }

    [Fact]
    public async Task Orphaned_objects_stay_without_an_owner()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.ConfigMap("keep") + "," + WorkSteps.ConfigMap("drop"), """
            {"deleteOption":{"propagationPolicy":"SelectivelyOrphan","selectivelyOrphans":{"orphaningRules":[
              {"group":"","resource":"configmaps","namespace":"default","name":"keep"}]} } }
            """);
        await hub.UntilApplied("w");

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "w");

        await hub.Until(() => hub.Work("w") is null, "the work is gone");
        hub.Clusters["c1"].Find(Kinds.ConfigMaps, "default", "keep")!.Owners.ShouldBeEmpty();
        await hub.Until(() => hub.Read(Kinds.ConfigMaps, "default", "drop", "c1") is null, "the other object is gone");
    }

    [Fact]
    public async Task An_object_with_a_finalizer_holds_the_work()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"default","finalizers":["example.org/hold"]} }""");
        await hub.UntilApplied("w");

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "w");
        await hub.Until(() => hub.Clusters["c1"].Find(Kinds.ConfigMaps, "default", "held") is { Deleting: true }, "it is being deleted");
        hub.Work("w").WorkCondition("Deleting").ShouldBe("True/WorkDeleting/ManifestWork is being deleted");
        hub.Clusters["c1"].Edit(Kinds.ConfigMaps, "default", "held", tree => tree["metadata"]!.AsObject().Remove("finalizers"));

        await hub.Until(() => hub.Work("w") is null, "the work is gone");
    }

    [Fact]
    public async Task A_namespace_carried_by_one_work_takes_the_objects_of_others_with_it()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("space", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shared"} }""");
        await hub.UntilApplied("space");
        hub.Deliver("other", WorkSteps.ConfigMap("a", ns: "shared"));
        await hub.UntilApplied("other");

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "space");

        // What the agent applied once more meanwhile goes a moment after its owner.
        await hub.Until(
            () => hub.Work("space") is null && hub.Read(Kinds.Namespaces, null, "shared", "c1") is null && hub.Read(Kinds.ConfigMaps, "shared", "a", "c1") is null,
            "the work is gone, and with it all that was in its namespace");
        hub.Work("other").WorkCondition("Applied").ShouldBe("True/AppliedManifestWorkComplete/Apply manifest work complete");
    }

    [Fact]
    public async Task A_name_that_makes_the_applied_work_too_long_never_gets_a_status()
    {
        await using var hub = await SimulatedHub.StartAsync();
        var name = new string('x', 200);

        hub.Deliver(name, WorkSteps.ConfigMap("a"));
        hub.Deliver("later", WorkSteps.ConfigMap("b"));

        await hub.UntilApplied("later");
        await hub.Until(() => hub.Work(name).Texts("metadata", "finalizers").Count == 1, "it has the finalizer");
        hub.Work(name)!.ContainsKey("status").ShouldBeFalse();
    }

    private static JsonObject? Applied(SimulatedHub hub) => hub.Clusters["c1"].List(Kinds.AppliedManifestWorks).Read().SingleOrDefault();
}
