using System.Diagnostics;

namespace NaaS.EndToEnd.Tests;

/// <summary><c>naas sandbox</c>, as the container of docker-compose.yml runs it.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("naas-sandbox-");
    private readonly HttpClient http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kubeconfig => Path.Combine(data.FullName, "kubeconfig");

    public void Dispose()
    {
        http.Dispose();
        data.Delete(recursive: true);
    }

    [Fact(Timeout = 120_000)]
    public async Task It_serves_hub_clusters_charts_and_kubeconfig_on_the_address_it_is_given()
    {
        // Another loopback address than the one that the embedded sandbox takes by itself.
        await using var sandbox = await StartAsync("http://127.0.0.2:0");
        var hub = (await File.ReadAllLinesAsync(Kubeconfig, Token)).First(line => line.Contains("server:", StringComparison.Ordinal)).Split("server: ")[1];

        new Uri(hub).Host.ShouldBe("127.0.0.2");
        (await http.GetStringAsync($"{hub}/version", Token)).ShouldContain("gitVersion");
        (await http.GetStringAsync(new Uri(new Uri(hub), "/charts/index.yaml"), Token)).ShouldContain("cms-ocm");
        (await http.GetStringAsync(new Uri(new Uri(hub), "/kubeconfig"), Token)).ShouldBe(await File.ReadAllTextAsync(Kubeconfig, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_kubeconfig_names_the_address_that_others_reach_it_under()
    {
        await using var sandbox = await StartAsync("http://127.0.0.1:0", "--address", "http://sandbox:8080");

        var config = await File.ReadAllTextAsync(Kubeconfig, Token);

        config.ShouldContain("server: http://sandbox:8080/hub\n");
        config.ShouldContain("server: http://sandbox:8080/clusters/c3\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task The_real_kubectl_reads_a_cluster_with_that_kubeconfig()
    {
        var kubectl = Environment.GetEnvironmentVariable("NAAS_KUBECTL");
        Assert.SkipWhen(kubectl is null, "NAAS_KUBECTL is not set; tests/run.sh sets it");
        await using var sandbox = await StartAsync("http://127.0.0.1:0");

        using var process = Process.Start(new ProcessStartInfo(kubectl!, ["--kubeconfig", Kubeconfig, "--context", "c1", "get", "namespaces"]) { RedirectStandardOutput = true })!;
        var table = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        process.ExitCode.ShouldBe(0);
        table.ShouldContain("default");
    }

    [Fact(Timeout = 120_000)]
    public async Task Faults_are_ordered_told_and_ended_from_the_command_line()
    {
        await using var sandbox = await StartAsync("http://127.0.0.1:0");
        var hub = (await File.ReadAllLinesAsync(Kubeconfig, Token)).First(line => line.Contains("server:", StringComparison.Ordinal)).Split("server: ")[1];

        (await FaultAsync(hub, "hub", "slow=0.01", "throttled=0")).ShouldBe((0, "hub: slow=0.01"));
        (await FaultAsync(hub, "c1", "never-ready=web,failing=2")).ShouldBe((0, "c1: never-ready=web,failing=2"));
        (await http.GetStringAsync($"{hub}/apis/cluster.open-cluster-management.io/v1/managedclusters/c1", Token)).ShouldContain("never-ready=web");
        (await FaultAsync(hub, "c1", "well")).ShouldBe((0, "c1: well"));
        var (code, complaint) = await FaultAsync(hub, "c1", "haunted");
        code.ShouldBe(1);
        complaint.ShouldContain("haunted is no fault: down, slow=SECONDS");
        (await FaultAsync(hub, "c1", "slow=often")).Code.ShouldBe(1);
        (await FaultAsync(hub, "c9", "lost")).Code.ShouldBe(1);
    }

    private static async Task<(int Code, string Output)> FaultAsync(string hub, params string[] arguments)
    {
        await using var command = Executable.Start("NaaS.Standalone", "naas", ["fault", .. arguments, "--hub", hub]);
        await command.WaitForExitAsync(Token);
        return (command.ExitCode, command.Output.Trim());
    }

    private async Task<Executable> StartAsync(string url, params string[] more)
    {
        var sandbox = Executable.Start("NaaS.Standalone", "naas", ["sandbox", "--urls", url, "--data", data.FullName, .. more]);
        await sandbox.UntilAsync(() => Task.FromResult(File.Exists(Kubeconfig)), Token);
        return sandbox;
    }
}
