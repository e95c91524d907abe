using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>Bad input is refused, or fails, with the reason in plain words, and leaves nothing behind.</summary>
public class BadInputTests
{
    private const string OnlyConfig = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {b: c}}\n---\n";
    private static readonly string Web = ServiceLifeTests.Deployment("web");

    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "no workload", OnlyConfig, "", "the chart renders no workload" },
        { "too long a name", ServiceLifeTests.Deployment(new string('a', 260)), "", "which no cluster accepts" },
        { "no name", "{apiVersion: v1, kind: ConfigMap, metadata: {}}\n---\n" + Web, "", "a ConfigMap without a name" },
        { "twice the same", Web + Web, "", "Deployment/default/web twice" },
        { "unknown workload", Web, ServiceLifeTests.At(("nobody", "edge")), "the workload \"nobody\"" },
        { "no placement rules", Web, "kind: Nonsense\napiVersion: v1\n", "Cluster Metadata" },
        { "the system's namespace", Web.Replace("{name: web}", "{name: web, namespace: kube-system}", StringComparison.Ordinal), "", "kube-system" },
    };

    public static TheoryData<string, string, string, string, string> Failing => new()
    {
        { "an invalid field", Web.Replace("replicas: 1", "replicas: many", StringComparison.Ordinal), "", "edge", "Deployment/default/web on c1: " },
        { "an unknown kind", Web + "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {}}\n---\n", "", "edge", "Widget/default/w on c1: " },
        { "a namespace that is not there", Web.Replace("{name: web}", "{name: web, namespace: nowhere}", StringComparison.Ordinal), "", "edge", "namespaces \"nowhere\" not found" },
        { "rights that are missing", Web + OnlyConfig, "refuse=ConfigMap/a", "edge", "ConfigMap/default/a on c1: Failed to apply manifest" },
        { "an agent that never answers", Web, "agent-down", "edge", "Deployment/default/web on c1: not applied yet" },
        { "pods that never become ready", Web, "never-ready=web", "edge", "Deployment/default/web on c1: 0 of 1 replicas available" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_cannot_be_is_refused(string what, string objects, string placement, string reason)
    {
        await using var installation = await Installation.StartAsync();
        var report = await installation.ConclusionAsync(await installation.ChangeAsync(objects, placement));
        report.Rollout.ShouldBe(Rollout.Terminated, what);
        report.Reason.ShouldNotBeNull().ShouldContain(reason);
        await NothingIsLeftAsync(installation);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task What_does_not_come_to_run_fails_at_its_deadline(string what, string objects, string faults, string location, string reason)
    {
        await using var installation = await Installation.StartAsync();
        await installation.FaultAsync("c1", faults);
        var report = await installation.ConclusionAsync(await installation.ChangeAsync(objects, ServiceLifeTests.At(("web", location)), deadline: 2));
        report.Rollout.ShouldBe(Rollout.Terminated, what);
        report.Reason.ShouldNotBeNull().ShouldContain(reason);
        await NothingIsLeftAsync(installation);
    }

    [Fact]
    public async Task Components_that_call_each_other_in_a_circle_are_deployed()
    {
        await using var installation = await Installation.StartAsync();
        string Calling(string name, string other) => ServiceLifeTests.Deployment(name).Replace(
            "{name: main,", $"{{name: main, env: [{{name: OTHER, value: 'http://{other}:80'}}],", StringComparison.Ordinal)
            + $"{{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, spec: {{selector: {{app: {name}}}, ports: [{{port: 80}}]}}}}\n---\n";
        var report = await installation.ConclusionAsync(await installation.ChangeAsync(
            Calling("a", "b") + Calling("b", "a"), ServiceLifeTests.At(("a", "edge"), ("b", "core"))));
        report.Rollout.ShouldBe(Rollout.Good, report.Reason);
        report.Components.Select(component => component.Cluster).ShouldBe(["c1", "c2"]);
    }

    [Fact]
    public async Task Decisions_that_are_emptied_under_a_running_service_remove_nothing()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web, ServiceLifeTests.At(("web", "edge"))));
        var token = TestContext.Current.CancellationToken;
        await installation.Hub.DeleteAsync(HubResource.ManagedClusterSetBindings, "naas", "default", token);
        await Installation.UntilAsync(async () => (await installation.Hub.ListAsync(HubResource.PlacementDecisions, "naas", null, token)).Items
            .All(decision => decision["status"]?["decisions"]?.AsArray().Count is 0));
        var scaled = await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web", 2), ServiceLifeTests.At(("web", "edge"))));
        scaled.Rollout.ShouldBe(Rollout.Good, scaled.Reason);
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["status"]!["readyReplicas"]).ShouldBe(2);
    }

    [Fact]
    public async Task A_placement_that_is_misconfigured_under_a_running_service_removes_nothing()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web, ServiceLifeTests.At(("web", "edge"))));
        var token = TestContext.Current.CancellationToken;
        var placement = (await installation.Hub.ListAsync(HubResource.Placements, "naas", HubLabels.Service, token)).Items.ShouldHaveSingleItem();
        var name = (string)placement["metadata"]!["name"]!;
        var spec = (JsonObject)placement["spec"]!.DeepClone();
        spec["tolerations"] = new JsonArray(new JsonObject { ["key"] = "anything", ["operator"] = "Exists", ["value"] = "nonsense" });
        await installation.Hub.ApplyAsync(
            HubResource.Placements,
            new()
            {
                ["apiVersion"] = HubResource.Placements.ApiVersion,
                ["kind"] = "Placement",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "naas", ["labels"] = placement["metadata"]!["labels"]!.DeepClone() },
                ["spec"] = spec,
            },
            token);
        await Installation.UntilAsync(async () => (await installation.Hub.FindAsync(HubResource.Placements, "naas", name, token))!["status"]!["conditions"]!.AsArray()
            .Any(condition => (string?)condition!["type"] == "PlacementMisconfigured" && (string?)condition["status"] == "True"));

        var scaled = await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web", 2), ServiceLifeTests.At(("web", "edge"))));
        scaled.Rollout.ShouldBe(Rollout.Good, scaled.Reason);
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["status"]!["readyReplicas"]).ShouldBe(2);
    }

    [Fact]
    public async Task A_service_of_many_components_is_deployed_and_ended()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("NAAS_COMPONENTS") ?? "50", System.Globalization.CultureInfo.InvariantCulture);
        await using var installation = await Installation.StartAsync();
        var all = string.Concat(Enumerable.Range(0, many).Select(i => ServiceLifeTests.Deployment($"w{i}")));
        var report = await installation.ConclusionAsync(await installation.ChangeAsync(all, deadline: 600, @namespace: null), 600);
        report.Rollout.ShouldBe(Rollout.Good, report.Reason);
        report.Components.Count.ShouldBe(many);
        report.Components.ShouldAllBe(component => component.Ready == 1);
        (await installation.ConclusionAsync(await installation.TerminateAsync(), 600)).Rollout.ShouldBe(Rollout.Terminated);
        await NothingIsLeftAsync(installation);
    }

    [Fact]
    public async Task A_cluster_on_which_a_move_failed_is_avoided_as_long_as_another_one_suits()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web, ServiceLifeTests.At(("web", "cloud"))));
        await installation.FaultAsync("c1", "never-ready=web");
        const string OnKubernetes = "kind: P2CodeSchedulingManifest\napiVersion: scheduling.p2code.eu/v1alpha1\nspec:\n  globalAnnotations: [p2code.target.managedClusterSet=default]\n"
            + "  workloadAnnotations:\n  - {name: web, annotations: [p2code.filter.place=new]}\n";
        foreach (var cluster in new[] { "c1", "c2" })
        {
            await installation.LabelAsync(cluster, "place", "new");
        }

        var failed = await installation.ConclusionAsync(await installation.ChangeAsync(Web, OnKubernetes, deadline: 2));
        failed.Rollout.ShouldBe(Rollout.Failed);
        failed.Reason.ShouldNotBeNull().ShouldContain("on c1");
        failed.Components.ShouldHaveSingleItem().Cluster.ShouldBe("c3");

        (await installation.PreviewAsync(Web, OnKubernetes)).Components.ShouldHaveSingleItem().Why.ShouldContain("c1: is avoided for a while");
        var moved = await installation.ConclusionAsync(await installation.ChangeAsync(Web, OnKubernetes));
        moved.Rollout.ShouldBe(Rollout.Good, moved.Reason);
        moved.Components.ShouldHaveSingleItem().Cluster.ShouldBe("c2");
    }

    private static async Task NothingIsLeftAsync(Installation installation)
    {
        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
        (await installation.DeploymentAsync("c1", "web")).ShouldBeNull();
    }
}
