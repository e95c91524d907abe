using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>What operators do to services and clusters, and deactivation.</summary>
public class OperatorTests
{
    private static readonly Cause Operator = new(CauseKind.Operator, "action");

    private static string Web(int replicas = 1, string? image = null) => ServiceLifeTests.Deployment("web", replicas, image);

    [Fact]
    public async Task A_service_goes_back_to_an_earlier_revision_and_tells_its_characteristics()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web(1)));
        await installation.ConclusionAsync(await installation.ChangeAsync(Web(3)));
        var back = new RollBackService(installation.Service, installation.NextSequence(), 1, Operator);
        await installation.SendAsync(back);
        var report = await installation.ConclusionAsync(back.Sequence);
        report.Rollout.ShouldBe(Rollout.Good);
        report.Revision.ShouldBe(3);
        report.Components.ShouldHaveSingleItem().Desired.ShouldBe(1);
        report.InForce.ShouldNotBeNull().ShouldContain(one => one.Value.Contains("replicas: 1", StringComparison.Ordinal));

        var nowhere = new RollBackService(installation.Service, installation.NextSequence(), 77, Operator);
        await installation.SendAsync(nowhere);
        (await installation.ConclusionAsync(nowhere.Sequence)).ShouldSatisfyAllConditions(
            refused => refused.Rollout.ShouldBe(Rollout.Failed), refused => refused.Reason.ShouldNotBeNull().ShouldContain("revision 77"));
    }

    [Fact]
    public async Task A_failed_change_is_tried_again()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web()));
        (await installation.ConclusionAsync(await installation.ChangeAsync(Web(2, "does-not-exist:1"), deadline: 2))).Rollout.ShouldBe(Rollout.Failed);
        var retry = new RetryService(installation.Service, installation.NextSequence(), Operator);
        await installation.SendAsync(retry);
        var again = await installation.ConclusionAsync(retry.Sequence);
        again.Rollout.ShouldBe(Rollout.Failed);
        again.Revision.ShouldBe(3);
        again.Reason.ShouldNotBeNull().ShouldContain("Deployment/default/web");
    }

    [Fact]
    public async Task A_held_service_takes_no_change_until_it_is_let_go_on_and_a_change_is_given_up_on_an_operators_word()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web()));
        await installation.ConclusionAsync(await installation.ChangeAsync(Web(2)));
        await installation.SendAsync(new SteerRollout(installation.Service, Steering.Hold, 0, "audit"));
        var change = await installation.ChangeAsync(Web(1, "does-not-exist:1"), deadline: 1);
        var held = installation.Service;
        installation.Service = Guid.NewGuid();
        (await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("other")))).Rollout.ShouldBe(Rollout.Good);
        installation.Service = held;
        installation.Reports.ShouldNotContain(report => report.Sequence == change);

        await installation.SendAsync(new SteerRollout(installation.Service, Steering.Resume, 0, null));
        (await installation.ConclusionAsync(change)).Rollout.ShouldBe(Rollout.Failed);

        var stuck = await installation.ChangeAsync(Web(1, "does-not-exist:1"), deadline: 300);
        var delivered = await installation.ReportAsync(stuck, Rollout.Delivered);
        await installation.SendAsync(new SteerRollout(installation.Service, Steering.Abort, delivered.Revision, "wrong image"));
        var aborted = await installation.ConclusionAsync(stuck);
        aborted.Rollout.ShouldBe(Rollout.Failed);
        aborted.Reason.ShouldBe("given up by an operator: wrong image");
        aborted.Components.ShouldHaveSingleItem().Ready.ShouldBe(2);
    }

    [Fact]
    public async Task Services_leave_an_evacuated_cluster_and_what_keeps_data_stays()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Web()));
        var home = installation.Reports.Last(report => report.Rollout == Rollout.Good).Components[0].Cluster!;
        await installation.SendAsync(new EvacuateCluster(home, true));
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report is { Revision: 2, Rollout: Rollout.Good })));
        var moved = installation.Reports.Last(report => report is { Revision: 2, Rollout: Rollout.Good });
        moved.Components[0].Cluster.ShouldNotBe(home);
        moved.Cause.Id.ShouldContain("taint evacuated");
        (await installation.DeploymentAsync(home, "web")).ShouldBeNull();
        await installation.SendAsync(new EvacuateCluster(home, false));
        await Installation.UntilAsync(async () =>
            (await installation.Hub.FindAsync(ClusterHub.Objects.HubResource.ManagedClusters, null, home, TestContext.Current.CancellationToken))!["spec"]!["taints"] is not System.Text.Json.Nodes.JsonArray { Count: > 0 });
    }

    [Fact]
    public async Task A_deactivated_service_runs_nothing_keeps_its_claims_and_comes_back()
    {
        await using var installation = await Installation.StartAsync();
        var objects = Web(2) + ServiceLifeTests.Database;
        await installation.ConclusionAsync(await installation.ChangeAsync(objects));
        var off = await TurnAsync(installation, objects, inactive: true);
        off.Rollout.ShouldBe(Rollout.Good);
        off.Inactive.ShouldBeTrue();
        off.Components.ShouldAllBe(component => component.Ready == 0 && component.Desired == 0);
        (await installation.PreviewAsync(objects)).Outcome.ShouldBe(PlanOutcome.Unchanged);
        (await installation.PreviewAsync(objects, inactive: false)).Objects.ShouldContain(o => o.Action == PlannedAction.Change && o.Name == "web");
        var claims = new ClusterHub.Objects.HubResource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
        (await installation.Cluster(off.Components[0].Cluster!).FindAsync(claims, "default", "data-db-0", TestContext.Current.CancellationToken)).ShouldNotBeNull();

        var on = await TurnAsync(installation, objects, inactive: false);
        on.Rollout.ShouldBe(Rollout.Good);
        on.Inactive.ShouldBeFalse();
        on.Components.Select(component => component.Ready).ShouldBe([2, 1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_multi_cluster_services_a_cut_link_is_reported_or_refused(bool refuse)
    {
        await using var installation = await Installation.StartAsync(new()
        {
            Settings = new() { ["Hub:MultiClusterServices"] = "false", ["Hub:RefuseCutLinks"] = refuse ? "true" : "false" },
        });
        var objects = Web().Replace("image: \"web:1\"", "image: \"web:1\", env: [{name: DB, value: \"db:3306\"}]", StringComparison.Ordinal) + ServiceLifeTests.Database;
        var together = await installation.ConclusionAsync(await installation.ChangeAsync(objects, ServiceLifeTests.At(("web", "edge"), ("db", "edge"))));
        together.CutLinks.ShouldBeEmpty();
        together.Components[0].Calls.ShouldHaveSingleItem().ShouldBe(new ComponentCall(together.Components[1].Id, "db", CallPath.Local));

        var command = await installation.ChangeAsync(objects, ServiceLifeTests.At(("web", "core"), ("db", "edge")));
        var apart = await installation.ConclusionAsync(command);
        apart.Rollout.ShouldBe(refuse ? Rollout.Failed : Rollout.Good);
        if (refuse)
        {
            (await installation.PreviewAsync(objects, ServiceLifeTests.At(("web", "core"), ("db", "edge")))).Reason.ShouldBe(apart.Reason);
            apart.Reason.ShouldNotBeNull().ShouldContain("Deployment/default/web on c2 calls StatefulSet/default/db on c1 through Service db");
            return;
        }

        (await installation.ReportAsync(command, Rollout.Placed)).CutLinks.ShouldHaveSingleItem().ShouldContain("through Service db");
        apart.CutLinks.ShouldHaveSingleItem();
        apart.Components[0].Calls.ShouldHaveSingleItem().Path.ShouldBe(CallPath.Cut);
    }

    [Fact]
    public async Task A_StatefulSet_whose_broken_pod_blocks_its_repair_is_put_back()
    {
        await using var installation = await Installation.StartAsync();
        var three = ServiceLifeTests.Database.Replace("replicas: 1", "replicas: 3", StringComparison.Ordinal);
        await installation.ConclusionAsync(await installation.ChangeAsync(three));
        var failed = await installation.ConclusionAsync(
            await installation.ChangeAsync(three.Replace("db:1", "does-not-exist:1", StringComparison.Ordinal), deadline: 3));
        failed.Rollout.ShouldBe(Rollout.Failed);
        failed.Components.ShouldHaveSingleItem().Ready.ShouldBe(3);

        var single = await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Database));
        single.Rollout.ShouldBe(Rollout.Good);
        failed = await installation.ConclusionAsync(
            await installation.ChangeAsync(ServiceLifeTests.Database.Replace("db:1", "does-not-exist:1", StringComparison.Ordinal), deadline: 3));
        failed.Components.ShouldHaveSingleItem().Ready.ShouldBe(1);
    }

    private static async Task<ServiceReported> TurnAsync(Installation installation, string objects, bool inactive)
    {
        var command = new ChangeService(installation.Service, installation.NextSequence(), "shop", Installation.Characteristics(objects), new(CauseKind.Order, "order", "9"))
        {
            Inactive = inactive,
        };
        await installation.SendAsync(command);
        return await installation.ConclusionAsync(command.Sequence);
    }
}
