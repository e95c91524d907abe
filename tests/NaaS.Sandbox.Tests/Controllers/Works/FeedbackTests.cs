using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Works;

public sealed class FeedbackTests
{
    [Fact]
    public async Task A_revision_in_an_annotation_is_read_back_with_the_rest_of_the_list()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", WorkSteps.Deployment("web", annotations: """{"orch.example/rev":"7"}"""), Rules("web", "Watch",
            """{"name":"rev","path":".metadata.annotations.orch\\.example/rev"},{"name":"wanted","path":".spec.replicas"},{"name":"missing","path":".status.nope"}"""));

        await hub.Until(() => hub.Work("w").FeedbackOf(0).Count == 2, "two values are there");
        hub.Work("w").FeedbackOf(0).ShouldBe(new Dictionary<string, string> { ["rev"] = "7", ["wanted"] = "1" });
    }

    [Fact]
    public async Task By_poll_a_change_is_seen_after_the_status_sync_and_by_watch_at_once()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        foreach (var name in (string[])["poll", "watch"])
        {
            hub.Deliver(name, WorkSteps.ConfigMap(name), Rules(name, char.ToUpperInvariant(name[0]) + name[1..], """{"name":"a","path":".data.a"}""", "", "configmaps"));
            await hub.Until(() => hub.Work(name).FeedbackOf(0).GetValueOrDefault("a") == "1", $"{name} is read");
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Change(hub, "poll");
        Change(hub, "watch");

        await hub.Until(() => hub.Work("watch").FeedbackOf(0)["a"] == "2", "the watched one is read at once");
        hub.Work("poll").FeedbackOf(0)["a"].ShouldBe("1");
        clock.Advance(TimeSpan.FromSeconds(19));
        await hub.Until(() => hub.Work("poll").FeedbackOf(0)["a"] == "2", "the polled one is read");
    }

    [Fact]
    public async Task Beyond_the_budget_of_watches_feedback_is_polled()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock, Agents = new AgentOptions { FeedbackWatches = 1 } });
        foreach (var (name, ns) in new Dictionary<string, string> { ["first"] = "default", ["second"] = "kube-public" })
        {
            hub.Deliver(name, WorkSteps.ConfigMap(name, ns: ns), Rules(name, "Watch", """{"name":"a","path":".data.a"}""", "", "configmaps", ns));
            await hub.Until(() => hub.Work(name).FeedbackOf(0).GetValueOrDefault("a") == "1", $"{name} is read");
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Change(hub, "second", "kube-public");
        Change(hub, "first");

        await hub.Until(() => hub.Work("first").FeedbackOf(0)["a"] == "2", "within the budget");
        hub.Work("second").FeedbackOf(0)["a"].ShouldBe("1");
    }

    [Fact]
    public async Task A_deleted_object_reads_not_available()
    {
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { Agents = new AgentOptions { StatusSync = TimeSpan.FromMilliseconds(100) } });
        hub.Deliver("w", WorkSteps.ConfigMap("a"));
        await hub.UntilApplied("w");
        await hub.Until(() => hub.Work("w").WorkCondition("Available") is not null, "it is available");

        hub.Clusters["c1"].Delete(Kinds.ConfigMaps, "default", "a");

        await hub.Until(() => hub.Work("w").WorkCondition("Available") == "False/ResourcesNotAvailable/1 of 1 resources are not available", "it is missed");
    }

    [Fact]
    public async Task Values_that_are_lists_and_unknown_well_known_statuses_fail_without_touching_applied()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("w", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","namespace":"default"},"spec":{"ports":[{"port":80}],"selector":{"a":"b"} } }""",
            Rules("s", "Poll", """{"name":"ports","path":".spec.ports"},{"name":"type","path":".spec.type"}""", "", "services"));

        await hub.Until(() => hub.Work("w").ManifestCondition(0, "StatusFeedbackSynced") is not null, "feedback was tried");
        hub.Work("w").ManifestCondition(0, "StatusFeedbackSynced").ShouldBe(
            "False/StatusFeedbackSyncFailed/Sync status feedback failed with error the type []interface {} of the value for ports is not found");
        hub.Work("w").WorkCondition("Applied").ShouldBe("True/AppliedManifestWorkComplete/Apply manifest work complete");
    }

    private static void Change(SimulatedHub hub, string name, string ns = "default") => hub.Clusters["c1"].Edit(Kinds.ConfigMaps, ns, name, tree =>
    {
        tree["data"]!["a"] = "2";
        return true;
    });

    private static string Rules(string name, string scrape, string paths, string group = "apps", string resource = "deployments", string ns = "default") =>
        new JsonObject
        {
            ["manifestConfigs"] = new JsonArray(new JsonObject
            {
                ["resourceIdentifier"] = new JsonObject { ["group"] = group, ["resource"] = resource, ["name"] = name, ["namespace"] = ns },
                ["feedbackScrapeType"] = scrape,
                ["feedbackRules"] = new JsonArray(new JsonObject { ["type"] = "JSONPaths", ["jsonPaths"] = JsonNode.Parse($"[{paths}]") }),
            }),
        }.ToJsonString();
}
