using System.Diagnostics;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Placements;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>Figures rather than verdicts: run with <c>-explicit only</c>.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Three_clusters_at_rest_take_next_to_no_cpu()
    {
        await using var hub = await SimulatedHub.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            hub.Deliver($"w{i}", WorkSteps.Deployment($"web{i}") + "," + WorkSteps.ConfigMap($"web{i}"), cluster: $"c{(i % 3) + 1}");
        }

        await hub.Until(() => hub.Clusters.Values.Sum(cluster => cluster.List(Kinds.Pods, "default").Read().Count(pod => pod.ConditionIsTrue("Ready"))) == 30, "all run");
        await Task.Delay(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
        output.WriteLine($"CPU in 10 s at rest: {spent.TotalMilliseconds:0} ms");
    }

    [Theory(Explicit = true)]
    [InlineData(3, 10000)]
    [InlineData(1000, 1000)]
    [InlineData(1000, 10000)]
    public async Task Many_placements(int clusters, int placements)
    {
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions
        {
            Clusters = [.. Enumerable.Range(0, clusters).Select(i => SandboxCluster.Of($"c{i}", "kubernetes", i % 2 == 0 ? "edge" : "core"))],
        });
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < placements; i++)
        {
            hub.Place($"p{i}", """{"numberOfClusters":1,"predicates":[{"requiredClusterSelector":{"labelSelector":{"matchLabels":{"location":"edge"} } } }]}""");
        }

        while (hub.Hub.Count(Kinds.PlacementDecisions) < placements || hub.Satisfied($"p{placements - 1}") is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"{placements} placements over {clusters} clusters: {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Theory(Explicit = true)]
    [InlineData(100, 3000)]
    [InlineData(1000, 3000)]
    [InlineData(1000, 30000)]
    public async Task Many_clusters_and_works(int clusters, int works)
    {
        var watch = Stopwatch.StartNew();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions
        {
            Clusters = [.. Enumerable.Range(0, clusters).Select(i => SandboxCluster.Of($"c{i}", "kubernetes", "edge"))],
        });
        output.WriteLine($"{clusters} clusters joined: {watch.Elapsed.TotalSeconds:0.0} s, {GC.GetTotalMemory(true) >> 20} MiB");
        watch.Restart();
        for (var i = 0; i < works; i++)
        {
            hub.Deliver($"w{i}", WorkSteps.Deployment($"web{i}") + "," + WorkSteps.ConfigMap($"web{i}"), cluster: $"c{i % clusters}");
        }

        output.WriteLine($"{works} works written: {watch.Elapsed.TotalSeconds:0.0} s");
        var left = works;
        while (left > 0 && watch.Elapsed < TimeSpan.FromMinutes(5))
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            left = works - hub.Clusters.Values.Sum(cluster => cluster.List(Kinds.Deployments, "default").Read().Count(d => d.Int("status", "availableReplicas") == 1));
        }

        output.WriteLine($"all but {left} run: {watch.Elapsed.TotalSeconds:0.0} s, {GC.GetTotalMemory(true) >> 20} MiB; "
            + $"for each work {hub.Hub.ResourceVersion / works} writes on the hub, {hub.Clusters.Values.Sum(cluster => cluster.ResourceVersion) / works} on its cluster");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        output.WriteLine($"CPU in 5 s afterwards: {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds:0} ms");
    }
}
