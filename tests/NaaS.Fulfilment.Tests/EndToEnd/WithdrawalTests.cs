using NaaS.ClusterHub.Objects;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>Changes that are called back, on the sandbox.</summary>
public class WithdrawalTests
{
    private static string Shop(int replicas = 1, string? image = null) => ServiceLifeTests.Deployment("web", replicas, image) + ServiceLifeTests.Deployment("cart");

    private static string Edge => ServiceLifeTests.At(("web", "edge"), ("cart", "edge"));

    [Fact]
    public async Task While_a_move_waits_for_its_pods_everything_goes_back_and_the_values_are_told()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), Edge));
        var change = await installation.ChangeAsync(Shop(3, "does-not-exist:1"), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), deadline: 300);
        await installation.ReportAsync(change, Rollout.Delivered);
        (await installation.DeploymentAsync("c2", "web")).ShouldNotBeNull();

        var withdrawn = await WithdrawAsync(installation, change);
        var report = await installation.ConclusionAsync(withdrawn.Sequence);
        report.Rollout.ShouldBe(Rollout.Withdrawn);
        report.InForce.ShouldNotBeNull().ShouldContain(one => one.Value.Contains("replicas: 2", StringComparison.Ordinal));
        report.Components.Select(component => (component.Name, component.Cluster, component.Ready)).ShouldBe([("web", "c1", 2), ("cart", "c1", 1)]);
        installation.Reports.ShouldContain(one => one.Sequence == withdrawn.Sequence && one.Rollout == Rollout.Restoring);
        (await installation.ConclusionAsync(change)).ShouldSatisfyAllConditions(
            one => one.Rollout.ShouldBe(Rollout.Superseded), one => one.Reason.ShouldBe("its order was cancelled"));
        (await installation.DeploymentAsync("c2", "web")).ShouldBeNull();
        (await installation.WorksAsync()).ShouldBe(1);

        await installation.SendAsync(withdrawn);
        (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), Edge))).ShouldSatisfyAllConditions(
            one => one.Rollout.ShouldBe(Rollout.Good), one => one.Revision.ShouldBe(4));
    }

    [Fact]
    public async Task After_it_was_good_the_revision_before_it_is_delivered_again()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), Edge));
        var change = await installation.ChangeAsync(Shop(1), Edge);
        (await installation.ConclusionAsync(change)).Rollout.ShouldBe(Rollout.Good);
        var report = await installation.ConclusionAsync((await WithdrawAsync(installation, change)).Sequence);
        report.Rollout.ShouldBe(Rollout.Good);
        report.InForce.ShouldNotBeNull().ShouldContain(one => one.Value.Contains("replicas: 2", StringComparison.Ordinal));
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["spec"]!["replicas"]).ShouldBe(2);
    }

    [Fact]
    public async Task One_that_overtakes_its_change_supersedes_it()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), Edge));
        var (change, later) = (installation.NextSequence(), installation.NextSequence());
        var cause = new Cause(CauseKind.Order, "order", "1");
        await installation.SendAsync(new WithdrawChange(installation.Service, later, change, cause));
        (await installation.ConclusionAsync(later)).Rollout.ShouldBe(Rollout.Withdrawn);
        await installation.SendAsync(new ChangeService(installation.Service, change, "shop", Installation.Characteristics(Shop(3)), cause));
        (await installation.ConclusionAsync(change)).Rollout.ShouldBe(Rollout.Superseded);
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["spec"]!["replicas"]).ShouldBe(1);
    }

    [Fact]
    public async Task The_first_change_of_a_service_leaves_nothing()
    {
        await using var installation = await Installation.StartAsync();
        var change = await installation.ChangeAsync(Shop(1, "does-not-exist:1"), Edge, deadline: 300, @namespace: null);
        await installation.ReportAsync(change, Rollout.Delivered);
        (await installation.ConclusionAsync((await WithdrawAsync(installation, change)).Sequence)).Rollout.ShouldBe(Rollout.Terminated);
        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
        (await installation.Cluster("c1").ListAsync(new("apps", "v1", "deployments", "Deployment"), null, null, TestContext.Current.CancellationToken)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_finished_by_a_worker_that_was_started_anew()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), Edge));
        var change = await installation.ChangeAsync(Shop(2, "does-not-exist:1"), Edge, deadline: 300);
        await installation.ReportAsync(change, Rollout.Delivered);
        var withdrawn = await WithdrawAsync(installation, change);
        await installation.ReportAsync(withdrawn.Sequence, Rollout.Restoring);
        await installation.RestartAsync();
        (await installation.ConclusionAsync(withdrawn.Sequence)).Rollout.ShouldBe(Rollout.Withdrawn);
    }

    private static async Task<WithdrawChange> WithdrawAsync(Installation installation, long change)
    {
        var command = new WithdrawChange(installation.Service, installation.NextSequence(), change, new(CauseKind.Order, "order", "1"));
        await installation.SendAsync(command);
        return command;
    }
}
