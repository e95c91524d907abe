using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>A cluster is lost: what the rules let go elsewhere does, once patience is at its end; what they bind to it waits for it.</summary>
public class ClusterLossTests
{
    private static Setup Impatient => new()
    {
        Settings = new() { ["Fulfilment:Patience"] = "00:00:01", ["Fulfilment:SettleTime"] = "00:00:02" },
        Sandbox = new() { Agents = new() { LeaseGrace = TimeSpan.FromMilliseconds(50) } },
    };

    [Fact]
    public async Task Components_move_to_another_cluster_and_leave_the_lost_one_when_it_is_back()
    {
        await using var installation = await Installation.StartAsync(Impatient);
        var command = await installation.ChangeAsync(ServiceLifeTests.Deployment("web"));
        var lost = (await installation.ConclusionAsync(command)).Components.ShouldHaveSingleItem().Cluster!;
        await installation.FaultAsync(lost, "lost");
        ServiceReported? moved = null;
        await Installation.UntilAsync(
            () => Task.FromResult((moved = installation.Reports.FirstOrDefault(report => report is { Cause.Kind: CauseKind.Worker, Rollout: Rollout.Good, Standing: false })) is not null), 60);
        moved!.Cause.Id.ShouldContain($"{lost}: ");
        moved.Components.ShouldHaveSingleItem().ShouldSatisfyAllConditions(web => web.Cluster.ShouldNotBe(lost), web => web.Ready.ShouldBe(1));

        await installation.FaultAsync(lost, "");
        await Installation.UntilAsync(async () => await installation.DeploymentAsync(lost, "web") is null, 60);
        await Installation.UntilAsync(async () => await installation.WorksAsync() == 1);
    }

    [Fact]
    public async Task What_is_bound_to_it_or_keeps_data_stays_and_is_told_to_be_degraded()
    {
        await using var installation = await Installation.StartAsync(Impatient);
        var command = await installation.ChangeAsync(ServiceLifeTests.Deployment("web") + ServiceLifeTests.Database, ServiceLifeTests.At(("web", "edge")));
        var home = (await installation.ConclusionAsync(command)).Components.Single(component => component.Name == "db").Cluster!;
        await installation.FaultAsync("c1", "lost");
        await installation.FaultAsync(home, "lost");
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report is { Standing: true, Degraded: not null })), 60);
        var told = installation.Reports.Last(report => report.Standing);
        told.Degraded.ShouldNotBeNull().ShouldContain("does not answer");
        told.Components.Select(component => component.Cluster).ShouldBe(["c1", home], ignoreOrder: true);
        installation.Reports.ShouldNotContain(report => report.Cause.Kind == CauseKind.Worker);
    }
}
