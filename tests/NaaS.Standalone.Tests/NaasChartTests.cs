using System.Diagnostics;
using System.Text.Json;
using NaaS.Sandbox;
using NaaS.Standalone.Template;

namespace NaaS.Standalone.Tests;

/// <summary>NaaS's own chart, held to the real helm and kubectl.</summary>
public sealed class NaasChartTests
{
    private static readonly string[] Everything =
    [
        "--set", "ingress.enabled=true,ingress.tlsSecret=t,encryption.enabled=true,hub.namespace=elsewhere,charts.allowedLocations={https://charts.example}",
        "--set", "api.allowedNamespaces.team=osl,api.env.Callbacks__AllowHttp=true,telemetry.otlpEndpoint=http://otel:4317",
    ];

    private static readonly string Chart = Repository.Path("deploy/naas");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Helm => Tool("NAAS_HELM");

    [Fact(Timeout = 60_000)]
    public async Task Helm_finds_nothing_to_say_against_it()
    {
        var (code, output, errors) = await RunAsync(Helm, ["lint", Chart, "--strict"]);

        code.ShouldBe(0, output + errors);
        output.ShouldContain("0 chart(s) failed");
    }

    [Theory(Timeout = 60_000), InlineData(false), InlineData(true)]
    public async Task Our_renderer_gives_what_helm_gives(bool everything)
    {
        string[] arguments = ["template", "naas", Chart, "-n", "naas-system", .. everything ? Everything : []];
        var (code, expected, errors) = await RunAsync(Helm, arguments);
        code.ShouldBe(0, errors);

        var (ours, output, said) = await RunAsync("dotnet", [typeof(TemplateCommand).Assembly.Location, .. arguments]);

        ours.ShouldBe(0, said);
        output.ShouldBe(expected);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("api.replicas=0")]
    [InlineData("authentication.authority=")]
    [InlineData("nonsense=1")]
    [InlineData("networkPolicy.egressPorts={0}")]
    public async Task Values_that_cannot_work_are_refused(string value)
    {
        var (code, _, errors) = await RunAsync(Helm, ["template", "naas", Chart, "--set", value]);

        code.ShouldNotBe(0);
        errors.ShouldContain("values don't meet the specifications of the schema");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_cluster_takes_every_object_of_it()
    {
        var kubectl = Tool("NAAS_KUBECTL");
        var (code, manifests, errors) = await RunAsync(Helm, ["template", "naas", Chart, "-n", "default", .. Everything]);
        code.ShouldBe(0, errors);
        await using var sandbox = await NaaS.Sandbox.Sandbox.StartAsync(new SandboxOptions(), Token);
        var folder = Directory.CreateTempSubdirectory("naas-chart-");
        var kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
        var file = Path.Combine(folder.FullName, "all.yaml");
        await File.WriteAllTextAsync(kubeconfig, sandbox.Kubeconfig(), Token);
        await File.WriteAllTextAsync(file, manifests, Token);
        // A dry run makes nothing, so the namespace that one object brings for another has to be there.
        (code, var output, errors) = await RunAsync(kubectl, ["--kubeconfig", kubeconfig, "--context", "c1", "create", "namespace", "elsewhere"]);
        code.ShouldBe(0, errors);

        (code, output, errors) = await RunAsync(kubectl, ["--kubeconfig", kubeconfig, "--context", "c1", "apply", "--dry-run=server", "-f", file]);

        code.ShouldBe(0, output + errors);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(18);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_dashboard_shows_only_metrics_that_we_have()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Chart, "dashboards", "naas.json")));
        var sources = string.Join('\n', Directory.EnumerateFiles(Repository.Path("services"), "Telemetry.cs", SearchOption.AllDirectories)
            .Append(Repository.Path("services/NaaS.ClusterHub/Objects/HubClient.cs")).Select(File.ReadAllText));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                foreach (System.Text.RegularExpressions.Match metric in System.Text.RegularExpressions.Regex.Matches(target.GetProperty("expr").GetString()!, "naas_[a-z_]+"))
                {
                    var name = metric.Value.Replace("_bucket", "").Replace("_total", "").Replace("_seconds", "").Replace('_', '.');
                    sources.ShouldContain($"\"{name}\"");
                }
            }
        }
    }

    private static string Tool(string variable)
    {
        var tool = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(tool is null, $"{variable} is not set; tests/run.sh sets it");
        return tool!;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }
}
