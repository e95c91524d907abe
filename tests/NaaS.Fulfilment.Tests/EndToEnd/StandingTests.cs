using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>What happens to a service between changes is seen, told and put right.</summary>
public class StandingTests
{
    private static readonly HubResource Deployments = new("apps", "v1", "deployments", "Deployment");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string AtEdge => ServiceLifeTests.At(("web", "edge"));

    [Fact]
    public async Task Replicas_that_someone_changes_on_a_cluster_are_put_back_and_it_is_told()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), AtEdge));
        await ApplyAsync(installation, new() { ["replicas"] = 3 });
        var told = await StandingAsync(installation, report => report.Drift is not null);
        told.Drift.ShouldBe("Deployment/default/web on c1 has 3 replicas instead of 1");
        await Installation.UntilAsync(async () => ((int?)(await installation.DeploymentAsync("c1", "web"))!["spec"]!["replicas"]) == 1);
    }

    [Fact]
    public async Task An_object_that_someone_deletes_on_a_cluster_comes_back_and_it_is_told()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), AtEdge));
        await installation.Cluster("c1").DeleteAsync(Deployments, "default", "web", Token);
        (await StandingAsync(installation, report => report.Drift is not null)).Drift.ShouldBe("Deployment/default/web on c1 is missing");
        await Installation.UntilAsync(async () => ((int?)(await installation.DeploymentAsync("c1", "web"))?["status"]?["readyReplicas"]) == 1);
    }

    [Fact]
    public async Task A_work_that_someone_deletes_on_the_hub_comes_back_and_it_is_told()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), AtEdge));
        var work = (await installation.Hub.ListAsync(HubResource.ManifestWorks, "c1", HubLabels.Service, Token)).Items.ShouldHaveSingleItem();
        await installation.Hub.DeleteAsync(HubResource.ManifestWorks, "c1", (string)work["metadata"]!["name"]!, Token);
        (await StandingAsync(installation, report => report.Drift is not null)).Drift.ShouldNotBeNull().ShouldEndWith("of c1 was deleted");
        await Installation.UntilAsync(async () => ((int?)(await installation.DeploymentAsync("c1", "web"))?["status"]?["readyReplicas"]) == 1);
    }

    [Fact]
    public async Task A_cluster_that_falls_silent_degrades_the_service_until_it_is_back()
    {
        await using var installation = await Installation.StartAsync(new()
        {
            Sandbox = new() { Agents = new() { LeaseGrace = TimeSpan.FromMilliseconds(50) } },
        });
        await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), AtEdge));
        await installation.FaultAsync("c1", "lost");
        var degraded = await StandingAsync(installation, report => report.Degraded is not null);
        degraded.Degraded.ShouldBe("c1 does not answer");
        degraded.Components.ShouldHaveSingleItem().Cluster.ShouldBe("c1");
        await installation.FaultAsync("c1", "");
        (await StandingAsync(installation, report => report.Report > degraded.Report && report.Degraded is null)).Rollout.ShouldBe(Rollout.Good);
    }

    [Fact]
    public async Task Pods_that_stop_being_ready_degrade_the_service_and_their_recovery_is_told()
    {
        await using var installation = await Installation.StartAsync();
        var first = await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), AtEdge));
        await installation.FaultAsync("c1", "never-ready=web");
        await installation.RestartPodsAsync("c1");
        var degraded = await StandingAsync(installation, report => report.Degraded is not null);
        degraded.Degraded.ShouldNotBeNull().ShouldStartWith("Deployment/default/web on c1: 0 of 1 replicas");
        degraded.Components.ShouldHaveSingleItem().Ready.ShouldBe(0);
        degraded.Sequence.ShouldBe(first.Sequence);
        await installation.FaultAsync("c1", "");
        await installation.RestartPodsAsync("c1");
        var recovered = await StandingAsync(installation, report => report.Report > degraded.Report && report.Degraded is null);
        recovered.Components.ShouldHaveSingleItem().Ready.ShouldBe(1);
    }

    private static async Task<ServiceReported> StandingAsync(Installation installation, Func<ServiceReported, bool> condition)
    {
        ServiceReported? found = null;
        await Installation.UntilAsync(() => Task.FromResult((found = installation.Reports.FirstOrDefault(report => report.Standing && condition(report))) is not null));
        return found!;
    }

    private static Task<JsonObject> ApplyAsync(Installation installation, JsonObject spec) => installation.Cluster("c1").ApplyAsync(
        Deployments,
        new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "web", ["namespace"] = "default" },
            ["spec"] = spec,
        },
        Token);
}
