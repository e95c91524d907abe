using System.Text.Json.Nodes;
using NaaS.ClusterHub.Objects;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>
/// The worker is killed between any two of its effects on hub and database, and another one is started: what becomes of the orders, what is on the hub and
/// what runs is the same as if nothing had happened. A few of these moments in every run, all of them with <c>NAAS_KILLS=all</c>.
/// </summary>
public class KillTests
{
    private const int Sample = 4;
    private static readonly Guid Service = new("0a1b2c3d-0000-4000-8000-00000000ab1e");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wherever_the_worker_is_killed_the_outcome_is_the_same()
    {
        var undisturbed = new Life();
        var expected = await LiveAsync(undisturbed);
        undisturbed.Effects.ShouldBeGreaterThan(20);
        expected.Select(chapter => chapter.Rollout).ShouldBe([Rollout.Good, Rollout.Good, Rollout.Failed, Rollout.Terminated]);

        var moments = Environment.GetEnvironmentVariable("NAAS_KILLS") == "all"
            ? Enumerable.Range(1, undisturbed.Effects)
            : Enumerable.Range(1, Sample).Select(part => part * undisturbed.Effects / (Sample + 1));
        foreach (var moment in moments)
        {
            var chapters = await LiveAsync(new Life(moment));
            chapters.ShouldBe(expected, $"killed before effect {moment} of {undisturbed.Effects}");
        }
    }

    private static async Task<IReadOnlyList<Chapter>> LiveAsync(Life life)
    {
        var setup = new Setup { Life = life };
        await using var installation = await Installation.StartAsync(setup);
        installation.Service = Service;
        return
        [
            await ConcludeAsync(installation, life, await installation.ChangeAsync(Shop(1), ServiceLifeTests.At(("web", "edge"), ("cart", "edge")), @namespace: null)),
            await ConcludeAsync(installation, life, await installation.ChangeAsync(Shop(2), ServiceLifeTests.At(("web", "core"), ("cart", "edge")), @namespace: null)),
            await ConcludeAsync(
                installation, life, await installation.ChangeAsync(Shop(3, "does-not-exist:1"), ServiceLifeTests.At(("web", "cloud"), ("cart", "edge")), deadline: 2, @namespace: null)),
            await ConcludeAsync(installation, life, await installation.TerminateAsync()),
        ];
    }

    private static string Shop(int replicas, string? image = null) => ServiceLifeTests.Deployment("web", replicas, image) + ServiceLifeTests.Deployment("cart");

    private static async Task<Chapter> ConcludeAsync(Installation installation, Life life, long command)
    {
        var conclusion = installation.ConclusionAsync(command, 60);
        if (await Task.WhenAny(conclusion, life.Death) == life.Death && installation.Life == life)
        {
            await installation.RestartAsync(new Life());
        }

        var report = await conclusion;
        // What is told twice is told alike.
        installation.Reports.Where(one => one.Sequence == command && one.Rollout >= Rollout.Good && !one.Standing).ShouldAllBe(one => one.Rollout == report.Rollout);
        return new(
            report.Rollout,
            string.Join(", ", report.Components.Select(component => $"{component.Name}@{component.Cluster} {component.State}")),
            await HubAsync(installation),
            await ClustersAsync(installation));
    }

    private static async Task<string> HubAsync(Installation installation)
    {
        var works = await installation.Hub.ListAsync(HubResource.ManifestWorks, null, HubLabels.Service, Token);
        var placements = await installation.Hub.ListAsync(HubResource.Placements, "naas", HubLabels.Service, Token);
        return string.Join("\n", works.Items.Concat(placements.Items).Select(o => $"{o["metadata"]!["namespace"]}/{o["metadata"]!["name"]} {Numberless(o["spec"]!)}").Order(StringComparer.Ordinal));
    }

    private static async Task<string> ClustersAsync(Installation installation)
    {
        var running = new List<string>();
        foreach (var cluster in new[] { "c1", "c2", "c3" })
        {
            var deployments = await installation.Cluster(cluster).ListAsync(new("apps", "v1", "deployments", "Deployment"), null, null, Token);
            running.AddRange(deployments.Items.Select(o => $"{cluster}: {o["metadata"]!["namespace"]}/{o["metadata"]!["name"]} {o["spec"]!["replicas"]} {o["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]}"));
        }

        return string.Join("\n", running.Order(StringComparer.Ordinal));
    }

    // A number that was given out and not used leaves a gap.
    private static string Numberless(JsonNode spec)
    {
        var copy = spec.DeepClone();
        foreach (var manifest in copy["workload"]?["manifests"]?.AsArray() ?? [])
        {
            (manifest!["metadata"]!["annotations"] as JsonObject)?.Remove(HubLabels.Revision);
        }

        return copy.ToJsonString();
    }

    private sealed record Chapter(Rollout Rollout, string Components, string Hub, string Running);
}
