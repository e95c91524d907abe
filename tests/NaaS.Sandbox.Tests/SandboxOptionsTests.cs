namespace NaaS.Sandbox.Tests;

/// <summary>What a sandbox refuses to start with, and what it offers.</summary>
public sealed class SandboxOptionsTests
{
    [Theory]
    [InlineData("hub")]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("")]
    public Task A_cluster_is_named_like_a_namespace_that_the_hub_does_not_need(string name) =>
        Should.ThrowAsync<ArgumentException>(() => StartAsync(new SandboxOptions { Clusters = [SandboxCluster.Of(name, "kubernetes", "edge")] }));

    [Fact]
    public async Task Impossible_options_are_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => StartAsync(new SandboxOptions { Port = 70_000 }));
        await Should.ThrowAsync<ArgumentException>(() => StartAsync(new SandboxOptions { WatchHistory = 1 }));
        await Should.ThrowAsync<ArgumentException>(() => StartAsync(new SandboxOptions { Pods = new PodTiming(TimeSpan.FromSeconds(-1), TimeSpan.Zero) }));
        await Should.ThrowAsync<ArgumentException>(() => StartAsync(new SandboxOptions { Clusters = [.. SandboxCluster.Defaults, .. SandboxCluster.Defaults] }));
    }

    [Fact]
    public async Task A_cluster_joins_a_running_sandbox_under_a_name_of_its_own()
    {
        await using var sandbox = await StartAsync(new SandboxOptions { Clusters = [] });
        sandbox.Clusters.ShouldBeEmpty();
        await sandbox.AddClusterAsync(SandboxCluster.Of("late", "openshift", "core"), TestContext.Current.CancellationToken);
        using var hub = new HubClient(sandbox.Hub);
        var (_, cluster) = await hub.GetAsync("apis/cluster.open-cluster-management.io/v1/managedclusters/late");
        cluster["metadata"]!["labels"]!["location"]!.GetValue<string>().ShouldBe("core");
        sandbox.Clusters["late"].AbsolutePath.ShouldBe("/clusters/late");
        await Should.ThrowAsync<ArgumentException>(() => sandbox.AddClusterAsync(SandboxCluster.Of("late", "openshift", "core")));
    }

    [Fact]
    public async Task A_kubeconfig_can_name_the_address_of_a_host_in_front()
    {
        await using var sandbox = await StartAsync(new SandboxOptions { Clusters = [] });
        sandbox.Kubeconfig(new Uri("http://front:8080")).ShouldContain("server: http://front:8080/hub\n");
    }

    private static Task<Sandbox> StartAsync(SandboxOptions options) => Sandbox.StartAsync(options, TestContext.Current.CancellationToken);
}
