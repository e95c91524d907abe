using System.Diagnostics;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>The real Helm, from NAAS_HELM or the PATH, finds on each cluster what runs there; skipped where there is none.</summary>
public sealed class HelmReleaseTests : IDisposable
{
    private readonly ChartFolder charts = new();
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("naas-helm-");

    public void Dispose()
    {
        charts.Dispose();
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task Helm_lists_the_release_its_history_values_and_manifest()
    {
        charts.Write("1.0.0", "web:1");
        charts.Write("1.1.0", "web:2");
        await using var installation = await Installation.StartAsync(new() { ChartFolder = charts.Path });
        Task<long> Order(string version, string replicas) => installation.OrderAsync(
            "c", ("Base service registry/repository URL", charts.Path), ("Service artifact version", version), ("Service namespace", "default"), ("values.replicas", replicas));
        var cluster = (await installation.ConclusionAsync(await Order("1.0.0", "1"))).Components[0].Cluster!;
        (await HelmAsync(installation, cluster, "list")).ShouldMatch("shop\\s+default\\s+1\\s.*deployed\\s+c-1.0.0\\s+web:1");

        (await installation.ConclusionAsync(await Order("1.1.0", "2"))).Rollout.ShouldBe(Rollout.Good);
        (await HelmAsync(installation, cluster, "list")).ShouldMatch("shop\\s+default\\s+2\\s.*deployed\\s+c-1.1.0\\s+web:2");
        (await HelmAsync(installation, cluster, "history shop")).ShouldMatch("2\\s.*deployed\\s+c-1.1.0");
        (await HelmAsync(installation, cluster, "history shop")).ShouldMatch("1\\s.*superseded\\s+c-1.0.0");
        (await HelmAsync(installation, cluster, "get values shop --revision 1")).ShouldContain("replicas: 1");
        (await HelmAsync(installation, cluster, "get values shop")).ShouldContain("replicas: 2");
        (await HelmAsync(installation, cluster, "get manifest shop")).ShouldContain("web:2");

        await installation.ConclusionAsync(await installation.TerminateAsync());
        (await HelmAsync(installation, cluster, "list -q")).Trim().ShouldBe("");
    }

    private async Task<string> HelmAsync(Installation installation, string cluster, string arguments)
    {
        var program = Environment.GetEnvironmentVariable("NAAS_HELM") is { Length: > 0 } named ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "helm")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no helm here: set NAAS_HELM or put it on the PATH");
        var config = Path.Combine(home.FullName, "kubeconfig");
        await File.WriteAllTextAsync(config, installation.Sandbox.Kubeconfig(), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program!, $"{arguments} --kube-context {cluster}") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home.FullName };
        start.Environment["KUBECONFIG"] = config;
        start.Environment["HOME"] = home.FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"helm {arguments}\n{await output}\n{await error}");
        return await output;
    }
}
