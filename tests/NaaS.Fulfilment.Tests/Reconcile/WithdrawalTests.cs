using NaaS.Contracts;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Tests.Reconcile;

/// <summary>A change is called back, by how far it has come.</summary>
public class WithdrawalTests
{
    private readonly PlannerWorld world = new();

    private static Designs Edge => new Designs().At("web", "edge").At("cart", "edge").At("db", "edge");

    private static Designs Moved => new Designs().At("web", "core").At("cart", "core").At("db", "edge");

    [Fact]
    public void Before_it_was_looked_at_nothing_is_written()
    {
        world.Want(Edge);
        world.Settle();
        world.Steps.Clear();
        world.Want(Moved);
        world.Withdraw();
        world.Settle().Rollout.ShouldBe(Rollout.Withdrawn);
        world.Steps.ShouldAllBe(step => step is NextStep.Withdraw || step is NextStep.Conclude || step is NextStep.Wait);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(15)]
    [InlineData(20)]
    public void At_any_step_of_its_rollout_everything_goes_back_to_where_it_was(int steps)
    {
        world.Want(Edge);
        world.Settle();
        world.Want(Moved.With("web", "web:2"));
        for (var i = 0; i < steps; i++)
        {
            world.Step();
            world.Move();
        }

        world.Withdraw();
        world.Settle().Rollout.ShouldBeOneOf(Rollout.Withdrawn, Rollout.Good);
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.On("c1", "Deployment", "web")!.ToJsonString().ShouldContain("web:1");
        world.Works.ShouldBe(1);
        world.Serves("web").ShouldBeTrue();
    }

    [Fact]
    public void After_it_was_good_the_revision_before_it_is_rolled_out_again()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(Moved);
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.State.ShouldBe("cart@c2, db@c1, web@c2");
        world.Withdraw();
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
    }

    [Fact]
    public void After_it_failed_nothing_is_left_to_do()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(Edge.With("web", "does-not-exist:1"));
        world.Settle().Rollout.ShouldBe(Rollout.Failed);
        world.Withdraw();
        world.Settle().Rollout.ShouldBe(Rollout.Withdrawn);
        world.On("c1", "Deployment", "web")!.ToJsonString().ShouldContain("web:1");
    }

    [Fact]
    public void The_first_one_leaves_nothing()
    {
        world.Want(Edge);
        for (var i = 0; i < 6; i++)
        {
            world.Step();
            world.Move();
        }

        world.Withdraw();
        world.Settle().Rollout.ShouldBe(Rollout.Terminated);
        world.IsEmpty.ShouldBeTrue(world.State);
    }

    [Fact]
    public void Hooks_of_a_rollback_run_where_the_change_had_been_placed()
    {
        ReleaseHook back = new(
            Objects.Of("{apiVersion: batch/v1, kind: Job, metadata: {name: back, namespace: shop}, spec: {template: {spec: {containers: [{name: main, image: back}]}}}}")[0],
            ["post-rollback"], 0, []);
        world.Want(Edge with { Hooks = [back] });
        world.Settle();
        world.Want(Edge.With("web", "does-not-exist:1") with { Hooks = [back] });
        while (world.Step() is not NextStep.WriteWorks)
        {
            world.Move();
        }

        world.Withdraw();
        world.Settle().Rollout.ShouldBe(Rollout.Withdrawn);
        world.Steps.ShouldContain(step => step is NextStep.WriteHook);
    }

    [Fact]
    public void A_newer_change_replaces_it()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(Moved);
        world.Step();
        world.Withdraw();
        world.Step();
        world.Want(Edge.With("web", "web:3"));
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.Conclusions.Select(conclusion => conclusion.Rollout).ShouldBe([Rollout.Good, Rollout.Superseded, Rollout.Superseded, Rollout.Good]);
    }
}
