using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>The demo's chart through the whole worker: fetched, rendered by the engine, split, placed, delivered, changed, moved, ended.</summary>
public class DemoChartLifeTests
{
    [Fact]
    public async Task The_demo_chart_is_deployed_scaled_secured_moved_and_ended()
    {
        var charts = Charts();
        await using var installation = await Installation.StartAsync(new() { ChartFolder = charts });
        Task<long> Order(string version, string replicas, string placement) => installation.OrderAsync(
            $"file://{charts}/cms-ocm-{version}",
            ("Service namespace", "default"),
            ("values.phpmyadmin.replicaCount", replicas),
            ("Cluster Metadata", placement));

        var deployed = await installation.ConclusionAsync(await Order("0.0.1", "1", ""));
        deployed.Reason.ShouldBeNull();
        deployed.Rollout.ShouldBe(Rollout.Good);
        deployed.Components.Count.ShouldBe(3);
        deployed.Components.ShouldAllBe(component => component.Ready == 1 && component.State == ComponentState.Active && component.Image != null);
        deployed.Notes.ShouldNotBeNullOrEmpty();
        deployed.Endpoints.ShouldNotBeEmpty();

        var scaled = await installation.ConclusionAsync(await Order("0.0.1", "2", ""));
        scaled.Components.Single(component => component.Name == "phpmyadmin").Ready.ShouldBe(2);

        var secured = await installation.ConclusionAsync(await Order("0.0.2", "2", ""));
        secured.Rollout.ShouldBe(Rollout.Good);
        secured.ChartVersion.ShouldBe("0.0.2");

        var home = secured.Components[0].Cluster;
        var there = home == "c2" ? "edge" : "core";
        var moved = await installation.ConclusionAsync(await Order("0.0.2", "2", ServiceLifeTests.At(("phpmyadmin", there), ("web", there))));
        moved.Reason.ShouldBeNull();
        moved.Rollout.ShouldBe(Rollout.Good);
        moved.Components.Count(component => component.Cluster == home).ShouldBe(1, "the database stays");
        moved.Components.Count(component => component.Cluster != home).ShouldBe(2);

        var missing = await installation.ConclusionAsync(await Order("9.9.9", "2", ""));
        missing.Rollout.ShouldBe(Rollout.Failed);
        missing.Reason.ShouldNotBeNull().ShouldContain("9.9.9");

        (await installation.ConclusionAsync(await installation.TerminateAsync())).Rollout.ShouldBe(Rollout.Terminated);
        (await installation.WorksAsync()).ShouldBe(0);
    }

    private static string Charts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NaaS.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "deploy", "charts");
    }
}
