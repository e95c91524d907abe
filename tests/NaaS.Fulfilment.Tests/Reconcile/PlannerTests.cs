using NaaS.Contracts;
using NaaS.Fulfilment.Reconcile;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Tests.Place;

namespace NaaS.Fulfilment.Tests.Reconcile;

/// <summary>The planner, by situation. That no component loses its last ready copy is checked after every step of every test.</summary>
public class PlannerTests
{
    private readonly PlannerWorld world = new();

    private static Designs Edge => new() { Everywhere = "edge" };

    [Fact]
    public void A_first_revision_is_placed_delivered_and_good()
    {
        world.Want(Edge);
        world.Settle().ShouldBe((Rollout.Good, null));
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Works.ShouldBe(1);
        world.On("c1", "Namespace", "shop").ShouldNotBeNull();
    }

    [Fact]
    public void An_unchanged_revision_writes_nothing()
    {
        world.Want(Edge);
        world.Settle();
        world.Steps.Clear();
        world.Want(Edge);
        world.Settle().Rollout.ShouldBe(Rollout.Unchanged);
        world.Steps.ShouldAllBe(step => step is NextStep.MakeRevision || step is NextStep.Wait);
    }

    [Fact]
    public void A_change_raises_the_number_of_what_changed_and_of_nothing_else()
    {
        world.Want(Edge);
        world.Settle();
        var cart = world.On("c1", "Deployment", "cart")!.ToJsonString();
        var web = world.On("c1", "Deployment", "web")!.ToJsonString();
        world.Want(Edge.With("web", "web:2"));
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.On("c1", "Deployment", "cart")!.ToJsonString().ShouldBe(cart);
        world.On("c1", "Deployment", "web")!.ToJsonString().ShouldNotBe(web);
    }

    [Fact]
    public void Components_move_to_the_cluster_that_new_rules_ask_for_and_the_rest_stays()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(new Designs().At("web", "core").At("cart", "core").At("db", "edge"));
        world.Settle().ShouldBe((Rollout.Good, null));
        world.State.ShouldBe("cart@c2, db@c1, web@c2");
        world.On("c2", "ConfigMap", "shared").ShouldNotBeNull("what both need is on both");
    }

    [Fact]
    public void After_a_restore_of_the_store_it_goes_back_to_where_that_says_without_a_gap()
    {
        world.Want(Edge);
        world.Settle();
        var restore = world.Save();
        world.Want(new Designs().With("web", "web:2").At("web", "core").At("cart", "core").At("db", "edge"));
        world.Settle();
        world.State.ShouldBe("cart@c2, db@c1, web@c2");
        world.Steps.Clear();

        restore();
        world.Settle();

        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.On("c1", "Deployment", "web")!.ToJsonString().ShouldContain("web:1");
        world.Works.ShouldBe(1);
    }

    [Fact]
    public void A_group_stays_where_it_is_as_long_as_its_new_rule_allows_it()
    {
        world.Want(new Designs { Everywhere = "cloud" });
        world.Settle();
        world.Want(new Designs());
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.State.ShouldBe("cart@c3, db@c3, web@c3", "although OCM decides for c1");
    }

    [Fact]
    public void A_move_that_does_not_become_ready_leaves_everything_where_it_was()
    {
        world.Want(new Designs().At("web", "edge").At("db", "edge").At("cart", "edge"));
        world.Settle();
        world.Want(new Designs().At("web", "core").At("db", "edge").At("cart", "edge").With("web", "does-not-exist:1"));
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Failed);
        reason.ShouldNotBeNull().ShouldContain("Deployment/shop/web on c2");
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Works.ShouldBe(1);
        world.Placements.ShouldBe(1);
    }

    [Fact]
    public void A_failed_change_puts_the_last_good_revision_back()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(Edge.With("web", "does-not-exist:1"));
        world.Settle().Rollout.ShouldBe(Rollout.Failed);
        world.On("c1", "Deployment", "web")!.ToJsonString().ShouldContain("web:1");
        world.Want(Edge.With("web", "web:2"));
        world.Settle().Rollout.ShouldBe(Rollout.Good);
    }

    [Fact]
    public void A_first_revision_that_fails_is_removed()
    {
        world.Want(Edge.With("web", "does-not-exist:1"));
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Terminated);
        reason.ShouldNotBeNull().ShouldContain("web");
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_matching_cluster_it_waits_with_the_reason_of_each_cluster_and_goes_on_when_one_matches()
    {
        world.Want(new Designs { Everywhere = "moon" });
        NextStep step;
        do
        {
            step = world.Step();
        }
        while (step is not NextStep.Wait);

        var progress = ((NextStep.Wait)step).Progress.ShouldNotBeNull();
        progress.Rollout.ShouldBe(Rollout.Waiting);
        progress.Reason.ShouldNotBeNull().ShouldContain("c1: ");
        world.Clusters["c9"] = Clusters.Of("c9", ("location", "moon"));
        world.Settle().ShouldBe((Rollout.Good, null));
        world.State.ShouldBe("cart@c9, db@c9, web@c9");
    }

    [Fact]
    public void Without_a_matching_cluster_until_the_deadline_it_ends()
    {
        world.Want(new Designs { Everywhere = "moon" });
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Terminated);
        reason.ShouldNotBeNull().ShouldContain("no cluster in time");
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_emptied_or_misconfigured_decision_removes_nothing()
    {
        world.Want(Edge);
        world.Settle();
        world.SchedulerMisconfigured = true;
        world.Clusters.Clear();
        world.Settle();
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Want(new Designs { Everywhere = "core" });
        world.Settle().Rollout.ShouldBe(Rollout.Failed);
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
    }

    [Fact]
    public void A_component_with_data_is_not_moved_silently()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(new Designs { Everywhere = "core" });
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Failed);
        reason.ShouldNotBeNull().ShouldContain("StatefulSet/shop/db keeps its data on c1");
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Want(new Designs { Everywhere = "core", Recreate = true });
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.State.ShouldBe("cart@c2, db@c2, web@c2");
    }

    [Fact]
    public void A_newer_change_supersedes_one_that_rolls_out_and_nothing_of_it_stays()
    {
        world.Want(Edge.At("web", "edge"));
        world.Settle();
        world.Want(new Designs().At("web", "core").At("db", "edge").At("cart", "edge").With("web", "does-not-exist:1"));
        for (var i = 0; i < 12; i++)
        {
            world.Step();
            world.Move();
        }

        world.Running("web").ShouldBe(["c1", "c2"]);
        world.Want(new Designs().At("web", "cloud").At("db", "edge").At("cart", "edge"));
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.Conclusions.Select(conclusion => conclusion.Rollout).ShouldBe([Rollout.Good, Rollout.Superseded, Rollout.Good]);
        world.State.ShouldBe("cart@c1, db@c1, web@c3");
        world.Works.ShouldBe(2);
    }

    [Fact]
    public void Ending_a_service_leaves_nothing_also_in_the_middle_of_a_move()
    {
        world.Want(Edge);
        world.Settle();
        world.Want(new Designs().At("web", "core").At("db", "edge").At("cart", "edge"));
        for (var i = 0; i < 9; i++)
        {
            world.Step();
            world.Move();
        }

        world.Want(null);
        world.Settle().Rollout.ShouldBe(Rollout.Terminated);
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Removal_waits_for_a_cluster_that_does_not_answer_and_ends_when_it_does()
    {
        world.Want(Edge);
        world.Settle();
        world.SilentAgents.Add("c1");
        world.Want(null);
        for (var i = 0; i < 20; i++)
        {
            world.Step();
            world.Move();
        }

        var wait = world.Step().ShouldBeOfType<NextStep.Wait>();
        wait.Progress.ShouldBe(new(Rollout.Removing, "waits for c1"));
        world.SilentAgents.Clear();
        world.Settle().Rollout.ShouldBe(Rollout.Terminated);
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_cluster_that_no_longer_suits_is_left_for_one_that_does_and_data_stays()
    {
        world.Want(new Designs().At("web", "edge"));
        world.Settle();
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Clusters["c1"] = Clusters.Of("c1", ("location", "gone"));
        world.Clusters["c3"] = Clusters.Of("c3", ("location", "edge"));
        world.Settle().ShouldBe((Rollout.Good, null));
        world.State.ShouldBe("cart@c1, db@c1, web@c3");
        world.Conclusions.Count.ShouldBe(2);
    }

    [Fact]
    public void A_cluster_that_no_longer_suits_is_not_left_when_there_is_nowhere_to_go()
    {
        world.Want(new Designs().At("web", "edge"));
        world.Settle();
        world.Clusters["c1"] = Clusters.Of("c1", ("location", "gone"));
        world.Settle();
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
        world.Conclusions.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("edge", "edge", "edge", "core")]
    [InlineData("edge", "edge", "core", "edge")]
    [InlineData("edge", "core", "edge", "edge")]
    [InlineData("edge", "core", "edge", "cloud")]
    [InlineData("edge", "core", "core", "edge")]
    public void Callers_reach_what_they_call_at_every_moment_of_a_move(string web, string cart, string newWeb, string newCart)
    {
        world.Want(Placed(web, cart));
        world.Settle().ShouldBe((Rollout.Good, null));
        world.Answers("web", "cart").ShouldBeTrue();
        world.Want(Placed(newWeb, newCart));
        for (var i = 0; i < 60; i++)
        {
            world.Step();
            world.Move();
            world.Answers("web", "cart").ShouldBeTrue($"after {world.Steps[^1].GetType().Name}; {world.State}");
        }

        world.Settle().ShouldBe((Rollout.Good, null));

        static Designs Placed(string web, string cart) => new Designs { WebCallsCart = true }.At("web", web).At("cart", cart).At("db", "edge");
    }

    [Fact]
    public void Hooks_run_in_their_phases_and_a_failed_one_fails_the_revision()
    {
        world.Want(Edge with { Hooks = [Hook("before", "pre-install", "ok:1", -1), Hook("after", "post-install", "ok:1", 0, "hook-succeeded")] });
        world.Settle().ShouldBe((Rollout.Good, null));
        var order = world.Steps.Where(step => step is NextStep.WriteHook or NextStep.WriteWorks).Select(step => step.GetType().Name).ToList();
        order[0].ShouldBe(nameof(NextStep.WriteHook));
        order.Count(name => name == nameof(NextStep.WriteHook)).ShouldBe(2);
        world.On("c1", "Job", "before").ShouldNotBeNull("a hook stays where no policy says otherwise");
        world.On("c1", "Job", "after").ShouldBeNull();
        world.Want(Edge with { Hooks = [Hook("before", "pre-upgrade", "does-not-exist:1", 0)] });
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Failed);
        reason.ShouldNotBeNull().ShouldContain("hook Job/shop/before on c1 failed: BackoffLimitExceeded");
        world.Want(null);
        world.Settle();
        world.IsEmpty.ShouldBeTrue();
    }

    private static ReleaseHook Hook(string name, string moment, string image, int weight, params string[] policies) => new(
        Objects.One($"{{apiVersion: batch/v1, kind: Job, metadata: {{name: {name}, namespace: shop}}, spec: {{template: {{spec: {{containers: [{{name: c, image: \"{image}\"}}]}}}}}}}}"),
        [moment],
        weight,
        policies);

    [Fact]
    public void Hooks_of_the_end_run_before_and_after_all_is_removed_and_leave_nothing()
    {
        world.Want(Edge with { Hooks = [Hook("backup", "pre-delete", "ok:1", 0), Hook("last", "pre-delete", "ok:1", 5), Hook("goodbye", "post-delete", "ok:1", 0, "hook-succeeded")] });
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.Steps.Clear();
        world.Want(null);
        world.Settle().ShouldBe((Rollout.Terminated, null));
        var order = world.Steps.Where(step => step is NextStep.WriteHook or NextStep.DeleteWorks).ToList();
        order.OfType<NextStep.WriteHook>().Count().ShouldBe(3);
        order[0].ShouldBeOfType<NextStep.WriteHook>();
        order[1].ShouldBeOfType<NextStep.WriteHook>();
        order[2].ShouldBeOfType<NextStep.DeleteWorks>("the service goes after its last words");
        order.FindIndex(step => step is NextStep.WriteHook { Work: var work } && work.Spec.ToJsonString().Contains("goodbye", StringComparison.Ordinal)).ShouldBeGreaterThan(2);
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_hook_of_the_end_that_fails_is_told_and_keeps_nothing()
    {
        world.Want(Edge with { Deadline = TimeSpan.FromMinutes(1), Hooks = [Hook("backup", "pre-delete", "does-not-exist:1", 0)] });
        world.Settle().Rollout.ShouldBe(Rollout.Good);
        world.Want(null);
        var (rollout, reason) = world.Settle();
        rollout.ShouldBe(Rollout.Terminated);
        reason.ShouldNotBeNull().ShouldContain("hook Job/shop/backup on c1");
        world.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Hooks_of_a_rollback_run_around_the_putting_back()
    {
        ReleaseHook[] hooks = [Hook("prepare", "pre-rollback", "ok:1", 0), Hook("check", "post-rollback", "ok:1", 0)];
        world.Want(Edge with { Hooks = hooks });
        world.Settle();
        world.Steps.Clear();
        world.Want(Edge.With("web", "does-not-exist:1") with { Hooks = hooks });
        world.Settle().Rollout.ShouldBe(Rollout.Failed);
        var written = world.Steps.OfType<NextStep.WriteHook>().Select(step => step.Work.Spec.ToJsonString()).ToList();
        written.Count.ShouldBe(2);
        written[0].ShouldContain("prepare");
        written[1].ShouldContain("check");
        world.State.ShouldBe("cart@c1, db@c1, web@c1");
    }
}
