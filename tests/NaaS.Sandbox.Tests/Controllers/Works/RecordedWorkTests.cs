using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

/// <summary>Each recorded ManifestWork ends with the conditions, reasons, messages and feedback that the real agent gave it.</summary>
public sealed class RecordedWorkTests
{
    [Theory]
    [InlineData("20-cannot-apply", null)]
    [InlineData("21-order-2-later", null)]
    [InlineData("25-readonly", "work")]
    [InlineData("30-delete-0-before", "work")]
    [InlineData("33-selectively-orphan-0", "work", "Available")]
    [InlineData("34-two-owners-0", "own1")]
    [InlineData("42-executor-0-not-allowed", null)]
    [InlineData("51-created-while-cluster-denied", null)]
    [InlineData("63-namespace-in-two-works-one-deleted", "work")]
    [InlineData("64-namespace-left-out", null)]
    [InlineData("65-namespace-on-cluster-scoped", null)]
    [InlineData("66-exported-manifest", null)]
    public async Task A_new_work_ends_as_recorded(string file, string? part, string? notYet = null)
    {
        var recorded = Recorded.Read($"manifestwork/{file}.json");
        var wanted = part is null ? recorded : recorded[part]!;
        await using var hub = await RecordedHub.StartAsync();
        Prepare(hub);

        Deliver(hub, wanted);

        await UntilSame(hub, wanted, notYet);
    }

    [Fact]
    public async Task A_work_with_everything_in_it_is_applied_as_recorded()
    {
        var request = Recorded.Read("manifestwork/01-full-0-request.json");
        var first = Recorded.Read("manifestwork/01-full-1-first-available.json");
        await using var hub = await RecordedHub.StartAsync();

        Deliver(hub, request.Obj("request") ?? request);

        var name = first.Name();
        await hub.Until(() => hub.Work(name, "cluster1").WorkCondition("Available") is not null, "the work is available");
        Conditions(hub.Work(name, "cluster1")).ShouldBe(Conditions(first));
        var applied = Recorded.Read("manifestwork/01-full-3-appliedmanifestwork-on-spoke.json")[0]!;
        await hub.Until(() => hub.Clusters["cluster1"].List(Kinds.AppliedManifestWorks).Read().FirstOrDefault() is { } made
            && Resources(made) == Resources(applied), "the same resources are noted");
    }

    [Fact]
    public async Task Condition_rules_say_what_was_recorded()
    {
        var (before, after) = (Recorded.Read("manifestwork/40-condition-rules-0-not-ready.json"), Recorded.Read("manifestwork/40-condition-rules-1-ready.json"));
        await using var hub = await RecordedHub.StartAsync();
        Prepare(hub);
        hub.Simulation.Clusters[before.Namespace()].Break(faults => faults with { NeverReady = _ => true });

        Deliver(hub, before);
        await UntilSame(hub, before, null);
        hub.Simulation.Clusters[before.Namespace()].Repair();

        await UntilSame(hub, after, null);
    }

    [Fact]
    public async Task A_complete_work_is_frozen_as_recorded()
    {
        var (complete, changed) = (Recorded.Read("manifestwork/41-job-1-complete.json"), Recorded.Read("manifestwork/41-job-2-spec-changed-after-complete.json"));
        await using var hub = await RecordedHub.StartAsync();
        Prepare(hub);
        Deliver(hub, complete);
        await UntilSame(hub, complete, null);

        hub.Hub.Edit(Kinds.ManifestWorks, complete.Namespace(), complete.Name(), work =>
        {
            work["spec"] = changed["spec"]!.DeepClone();
            return true;
        });

        await UntilSame(hub, changed, null);
    }

    [Fact]
    public async Task A_conflict_of_server_side_apply_reads_as_recorded_and_force_wins()
    {
        var (refused, forced) = (Recorded.Read("manifestwork/22-ssa-conflict-not-forced.json"), Recorded.Read("manifestwork/23-ssa-forced.json"));
        await using var hub = await RecordedHub.StartAsync();
        Prepare(hub);
        var cluster = hub.Clusters[refused.Namespace()];
        var config = Kinds.ConfigMaps.New("w2", "shared");
        config["data"] = new JsonObject { ["a"] = "local" };
        cluster.Apply(Kinds.ConfigMaps, "w2", "shared", config, WriteOptions.Default with { Manager = "local-admin" });
        cluster.Edit(Kinds.ConfigMaps, "w2", "shared", tree =>
        {
            tree["data"]!["b"] = "spoke";
            return true;
        });

        Deliver(hub, refused);
        await UntilSame(hub, refused, null);
        hub.Hub.Edit(Kinds.ManifestWorks, forced.Namespace(), forced.Name(), work =>
        {
            work["spec"] = forced["spec"]!.DeepClone();
            return true;
        });

        await UntilSame(hub, forced, null);
        cluster.Get(Kinds.ConfigMaps, "w2", "shared").Read()["data"]!.ToJsonString().ShouldBe("""{"a":"hub","b":"spoke","c":"hub"}""");
    }

    private static void Prepare(SimulatedHub hub)
    {
        foreach (var (cluster, ns) in hub.Clusters.Values.SelectMany(_ => (string[])["w2", "w3", "w11", "shared-ns"], (cluster, ns) => (cluster, ns)))
        {
            cluster.CreateIfMissing(Kinds.Namespaces, Kinds.Namespaces.New(null, ns));
        }

        foreach (var cluster in hub.Clusters.Values)
        {
            var there = Kinds.ConfigMaps.New("w2", "ro");
            there["data"] = new JsonObject { ["a"] = "here" };
            cluster.CreateIfMissing(Kinds.ConfigMaps, there);
        }
    }

    private static void Deliver(SimulatedHub hub, JsonNode recorded)
    {
        var work = Kinds.ManifestWorks.New(recorded.Namespace(), recorded.Name());
        work["spec"] = recorded["spec"]!.DeepClone();
        hub.Hub.Create(Kinds.ManifestWorks, work);
    }

    /// <summary>Waits until the status is the recorded one, and shows both where it never is.</summary>
    private static async Task UntilSame(SimulatedHub hub, JsonNode recorded, string? notYet)
    {
        string Now()
        {
            var status = hub.Work(recorded.Name(), recorded.Namespace())?["status"]?.DeepClone();
            if (notYet is not null)
            {
                status?["conditions"]?.AsArray().RemoveAll(condition => condition.Str("type") == notYet);
                foreach (var entry in status.Items("resourceStatus", "manifests"))
                {
                    entry["conditions"]!.AsArray().RemoveAll(condition => condition.Str("type") != "Applied");
                }
            }

            return Comparable(status);
        }

        await hub.UntilSame(Now, Comparable(recorded["status"]));
    }

    private static string Comparable(JsonNode? status) => Recorded.Normal(status);

    private static string Conditions(JsonNode? work) => string.Join('\n', work.Items("status", "resourceStatus", "manifests")
        .Select(entry => $"{Recorded.Normal(entry["resourceMeta"])} {Recorded.Normal(new JsonObject { ["conditions"] = entry["conditions"]!.DeepClone() })}")
        .Append(Recorded.Normal(new JsonObject { ["conditions"] = work.At("status", "conditions")!.DeepClone() })));

    private static string Resources(JsonNode applied) => string.Join('\n', applied.Items("status", "appliedResources").Select(Recorded.Normal));
}
