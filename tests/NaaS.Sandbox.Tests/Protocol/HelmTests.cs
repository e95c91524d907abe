using System.Diagnostics;

namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>The real Helm, from NAAS_HELM or the PATH, works with a managed cluster; skipped where there is none.</summary>
public sealed class HelmTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Values = "labels:\n  by: helm\n";
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("naas-helm-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Releases_are_installed_upgraded_listed_and_uninstalled()
    {
        WriteChart("1.0.0", "nginx:1");
        await HelmAsync("install r ./chart --wait --timeout 20s");
        WriteChart("1.1.0", "nginx:2");
        await HelmAsync("upgrade r ./chart --wait --timeout 20s");
        (await HelmAsync("list")).ShouldMatch("r\\s+default\\s+2\\s.*deployed\\s+c-1.1.0");
        (await HelmAsync("history r")).ShouldMatch("1\\s.*superseded\\s+c-1.0.0[\\s\\S]*2\\s.*deployed\\s+c-1.1.0");
        (await HelmAsync("get manifest r")).ShouldContain("nginx:2");
        await HelmAsync("rollback r 1 --wait --timeout 20s");
        await HelmAsync("uninstall r --wait --timeout 20s");
        (await HelmAsync("list -q")).Trim().ShouldBe("");
    }

    private void WriteChart(string version, string image)
    {
        var chart = _home.CreateSubdirectory("chart");
        chart.CreateSubdirectory("templates");
        File.WriteAllText(Path.Combine(chart.FullName, "Chart.yaml"), $"apiVersion: v2\nname: c\nversion: {version}\n");
        File.WriteAllText(Path.Combine(chart.FullName, "values.yaml"), Values);
        File.WriteAllText(Path.Combine(chart.FullName, "templates", "d.yaml"), """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{ .Release.Name }}, labels: {{ toJson .Values.labels }}}
            spec:
              selector: {matchLabels: {r: {{ .Release.Name }}}}
              template:
                metadata: {labels: {r: {{ .Release.Name }}}}
                spec: {containers: [{name: c, image: IMAGE}]}
            """.Replace("IMAGE", image, StringComparison.Ordinal));
    }

    private async Task<string> HelmAsync(string arguments)
    {
        var program = Environment.GetEnvironmentVariable("NAAS_HELM") is { Length: > 0 } named ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "helm")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "no helm here: set NAAS_HELM or put it on the PATH");
        var config = Path.Combine(_home.FullName, "kubeconfig");
        await File.WriteAllTextAsync(config, running.Sandbox.Kubeconfig(), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program!, arguments + " --kube-context c1")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home.FullName,
        };
        start.Environment["KUBECONFIG"] = config;
        start.Environment["HOME"] = _home.FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"helm {arguments}\n{await output}\n{await error}");
        return await output;
    }
}
