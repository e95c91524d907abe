using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>A preview tells what an order would do, and does nothing.</summary>
public class PreviewTests
{
    private const string Secret = "{apiVersion: v1, kind: Secret, metadata: {name: login}, stringData: {password: hunter2}}\n---\n";

    private static string Shop(int replicas = 1) => ServiceLifeTests.Deployment("web", replicas) + ServiceLifeTests.Deployment("cart");

    [Fact]
    public async Task A_new_service_is_planned_with_its_places_and_nothing_is_written()
    {
        await using var installation = await Installation.StartAsync();
        var plan = await installation.PreviewAsync(Shop(), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), isNew: true);
        plan.Outcome.ShouldBe(PlanOutcome.Create, plan.Reason);
        plan.Components.Select(component => (component.Name, component.Cluster, component.Before)).ShouldBe([("web", "c2", null), ("cart", "c1", null)]);
        plan.Components[0].Why.ShouldContain("the only cluster that satisfies its rules");
        plan.Components[0].Why.ShouldContain("c1: label location=core missing");
        plan.Objects.Select(o => (o.Action, o.Cluster, o.Kind, o.Name)).ShouldBe(
            [(PlannedAction.Add, "c1", "Deployment", "cart"), (PlannedAction.Add, "c2", "Deployment", "web")]);
        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
        installation.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_planned_field_by_field_and_carried_out_as_agreed()
    {
        await using var installation = await Installation.StartAsync();
        var everywhere = ServiceLifeTests.At(("web", "edge"), ("cart", "edge"));
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), everywhere));
        (await installation.PreviewAsync(Shop(), everywhere)).Outcome.ShouldBe(PlanOutcome.Unchanged);

        var plan = await installation.PreviewAsync(Shop(2) + Secret, ServiceLifeTests.At(("web", "core"), ("cart", "edge")));
        plan.Outcome.ShouldBe(PlanOutcome.Change, plan.Reason);
        plan.Objects.Select(o => (o.Action, o.Cluster, o.Name)).ShouldBe(
            [(PlannedAction.Remove, "c1", "web"), (PlannedAction.Add, "c2", "login"), (PlannedAction.Add, "c2", "web")], ignoreOrder: true);
        plan.Components[0].ShouldSatisfyAllConditions(web => web.Before.ShouldBe("c1"), web => web.Cluster.ShouldBe("c2"));

        var scale = await installation.PreviewAsync(Shop(2), everywhere);
        var field = scale.Objects.ShouldHaveSingleItem().Fields.ShouldHaveSingleItem();
        (field.Path, field.Before, field.After).ShouldBe(("spec.replicas", "1", "2"));
        (await installation.DeploymentAsync("c2", "web")).ShouldBeNull();

        var refused = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(3), everywhere, plan: scale.Digest));
        refused.Rollout.ShouldBe(Rollout.Failed);
        refused.Reason.ShouldNotBeNull().ShouldStartWith("Plan digest: the plan has changed since it was agreed to");
        ((int?)(await installation.DeploymentAsync("c1", "web"))!["spec"]!["replicas"]).ShouldBe(1);
    }

    [Fact]
    public async Task The_agreed_plan_is_carried_out_and_its_digest_binds_no_later_change()
    {
        await using var installation = await Installation.StartAsync();
        var plan = await installation.PreviewAsync(Shop(), isNew: true);
        (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), plan: plan.Digest))).Rollout.ShouldBe(Rollout.Good);
        var scale = await installation.PreviewAsync(Shop(2));
        (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), plan: scale.Digest))).Rollout.ShouldBe(Rollout.Good);
        (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(3), plan: scale.Digest))).Rollout.ShouldBe(Rollout.Good);
    }

    [Fact]
    public async Task What_would_be_refused_is_told_with_the_reason()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop() + ServiceLifeTests.Database, ServiceLifeTests.At(("web", "edge"), ("db", "edge"), ("cart", "edge"))));
        (await installation.PreviewAsync(Shop(), ServiceLifeTests.At(("web", "moon"))))
            .ShouldSatisfyAllConditions(
                plan => plan.Outcome.ShouldBe(PlanOutcome.Refused),
                plan => plan.Digest.ShouldBeNull(),
                plan => plan.Reason.ShouldNotBeNull().ShouldContain("no cluster for web: c1: label location=moon missing"));
        (await installation.PreviewAsync(Shop() + ServiceLifeTests.Database, ServiceLifeTests.At(("db", "core"))))
            .Reason.ShouldNotBeNull().ShouldContain("keeps its data on c1 and cannot move to c2");
        (await installation.PreviewAsync(Shop(), ServiceLifeTests.At(("nobody", "edge")))).Reason.ShouldNotBeNull().ShouldContain("nobody");
        (await installation.PreviewAsync(Shop(), ServiceLifeTests.At(("web", "edge"), ("cart", "edge")), isNew: true))
            .Reason.ShouldNotBeNull().ShouldContain("belongs to service");
        var end = await installation.PreviewAsync(null);
        end.Outcome.ShouldBe(PlanOutcome.Remove);
        end.Objects.ShouldAllBe(o => o.Action == PlannedAction.Remove);
        end.Objects.Count.ShouldBe(4);
    }

    [Fact]
    public async Task No_secret_is_shown()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop() + Secret));
        var plan = await installation.PreviewAsync(
            ServiceLifeTests.Deployment("web", image: "web:swordfish") + ServiceLifeTests.Deployment("cart") + Secret.Replace("hunter2", "hunter3", StringComparison.Ordinal),
            secrets: "swordfish");
        plan.Objects.SelectMany(o => o.Fields).Select(field => (field.Path, field.Before, field.After)).ShouldBe(
            [("stringData.password", "***", "***"), ("spec.template.spec.containers[main].image", "\"web:1\"", "***")], ignoreOrder: true);
    }
}
