using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Contracts;
using NaaS.Sandbox.Controllers;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>Many services share the few watches of an agent.</summary>
public class WatchTests
{
    [Fact]
    public async Task A_service_beyond_the_budget_is_polled_and_becomes_good_too()
    {
        await using var installation = await Installation.StartAsync(new()
        {
            Settings = new() { ["Fulfilment:WatchesPerCluster"] = "1" },
            Sandbox = new() { Agents = new AgentOptions { FeedbackWatches = 1, StatusSync = TimeSpan.FromSeconds(1) } },
        });
        var edge = ServiceLifeTests.At(("web", "edge"));
        var stuck = await installation.ChangeAsync(ServiceLifeTests.Deployment("web", 1, "does-not-exist:1"), edge, deadline: 300, @namespace: null);
        await installation.ReportAsync(stuck, Rollout.Delivered);
        (await ScrapesAsync(installation)).ShouldBe(["Watch"]);

        installation.Service = Guid.NewGuid();
        (await installation.ConclusionAsync(await installation.ChangeAsync(ServiceLifeTests.Deployment("web"), edge, @namespace: null))).Rollout.ShouldBe(Rollout.Good);
        (await ScrapesAsync(installation)).ShouldBe(["Poll", "Watch"]);
    }

    [Fact]
    public async Task A_service_that_is_quiet_leaves_its_watch_to_those_that_change()
    {
        await using var installation = await Installation.StartAsync(new() { Settings = new() { ["Fulfilment:WatchesPerCluster"] = "1" } });
        var edge = ServiceLifeTests.At(("web", "edge"));
        for (var i = 0; i < 3; i++)
        {
            installation.Service = Guid.NewGuid();
            var change = await installation.ChangeAsync(ServiceLifeTests.Deployment("web", 1, i == 2 ? "does-not-exist:1" : null), edge, deadline: 300, @namespace: null);
            await installation.ReportAsync(change, i == 2 ? Rollout.Delivered : Rollout.Good);
            await Installation.UntilAsync(async () => (await ScrapesAsync(installation)).Count(scrape => scrape == "Watch") == (i == 2 ? 1 : 0));
        }
    }

    private static async Task<IReadOnlyList<string?>> ScrapesAsync(Installation installation)
    {
        var works = await installation.Hub.ListAsync(HubResource.ManifestWorks, "c1", HubLabels.Service, TestContext.Current.CancellationToken);
        return [.. works.Items.SelectMany(work => work["spec"]!["manifestConfigs"]!.AsArray()).Where(config => config!["feedbackRules"] is not null).Select(config => (string?)config!["feedbackScrapeType"]).Order(StringComparer.Ordinal)];
    }
}
