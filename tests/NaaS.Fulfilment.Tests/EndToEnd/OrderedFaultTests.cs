using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>What can be ordered to go wrong with the hub delays a change; it changes no outcome. What goes wrong with a cluster is told in plain words.</summary>
public class OrderedFaultTests
{
    private static string Shop(int replicas) => ServiceLifeTests.Deployment("web", replicas) + ServiceLifeTests.Deployment("cart");

    [Theory]
    [InlineData("throttled=5")]
    [InlineData("conflict=3")]
    [InlineData("failing=3")]
    [InlineData("lost-answer=2")]
    [InlineData("gone")]
    [InlineData("restart")]
    [InlineData("slow=0.1")]
    public async Task A_hub_that_fails_for_a_while_changes_no_outcome(string fault)
    {
        await using var installation = await Installation.StartAsync();
        installation.Sandbox.OrderFaults("hub", fault);
        var deployed = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge"))));
        deployed.Rollout.ShouldBe(Rollout.Good, deployed.Reason);
        installation.Sandbox.OrderFaults("hub", fault);
        var moved = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), ServiceLifeTests.At(("web", "core"), ("cart", "edge"))));
        moved.Rollout.ShouldBe(Rollout.Good, moved.Reason);
        moved.Components.Select(component => (component.Cluster, component.Ready)).ShouldBe([("c2", 2), ("c1", 1)]);
    }

    [Fact]
    public async Task A_hub_that_is_down_is_waited_for()
    {
        await using var installation = await Installation.StartAsync();
        installation.Sandbox.OrderFaults("hub", "down");
        var change = await installation.ChangeAsync(Shop(1));
        await installation.ReportAsync(change, Rollout.Designed);
        installation.Sandbox.OrderFaults("hub", "");
        (await installation.ConclusionAsync(change, 60)).Rollout.ShouldBe(Rollout.Good);
    }

    [Fact]
    public async Task A_cluster_whose_api_is_down_is_told_to_be_silent()
    {
        await using var installation = await Installation.StartAsync(new() { Sandbox = new() { Agents = new() { HealthCheck = TimeSpan.FromMilliseconds(100) } } });
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge"))));
        await installation.FaultAsync("c1", "api-down");
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report.Degraded == "c1 does not answer")));
    }

    [Fact]
    public async Task A_slow_agent_only_takes_its_time()
    {
        await using var installation = await Installation.StartAsync();
        await installation.FaultAsync("c1", "slow=0.5");
        (await installation.ConclusionAsync(await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge"))))).Rollout.ShouldBe(Rollout.Good);
    }
}
