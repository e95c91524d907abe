using System.Formats.Tar;
using System.IO.Compression;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>The three scenarios (scale, secure, relocate) on public charts, from the order to what runs on the clusters.</summary>
public class PublicChartScenarioTests
{
    [Theory]
    [InlineData("nginx", "replicaCount", "networkPolicy.enabled")]
    [InlineData("traefik", "deployment.replicas", "podDisruptionBudget.enabled")]
    [InlineData("wordpress", "replicaCount", "networkPolicy.enabled")]
    [InlineData("prometheus-blackbox-exporter", "replicas", "networkPolicy.enabled")]
    [InlineData("podinfo", "replicaCount", "serviceAccount.enabled")]
    [InlineData("redis", "replica.replicaCount", "networkPolicy.enabled")]
    [InlineData("rabbitmq", "replicaCount", "networkPolicy.enabled")]
    [InlineData("keycloak", "replicaCount", "networkPolicy.enabled")]
    [InlineData("grafana", "replicas", "networkPolicy.enabled")]
    [InlineData("phpmyadmin", "replicas", "networkPolicy.enabled")]
    public async Task A_public_chart_is_deployed_scaled_secured_relocated_and_ended(string name, string replicas, string shield)
    {
        var folder = Directory.CreateTempSubdirectory("naas-chart-").FullName;
        try
        {
            var chart = Unpack(name, folder);
            await using var installation = await Installation.StartAsync(new() { ChartFolder = folder });
            Task<long> Order(int count, bool secure, string location) => installation.OrderAsync(
                $"file://{chart}",
                ("Service namespace", "default"),
                ($"values.{replicas}", count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("Helm Package Configuration", Nested(shield, secure)),
                ("Recreate", "true"),
                ("Cluster Metadata", Everywhere(location)));

            var deployed = await ConcludeAsync(installation, await Order(1, false, "edge"));
            deployed.Components.ShouldAllBe(component => component.Cluster == "c1");
            var before = deployed.Components.Sum(component => component.Desired);

            var scaled = await ConcludeAsync(installation, await Order(3, false, "edge"));
            scaled.Components.Sum(component => component.Ready).ShouldBeGreaterThan(before);

            var secured = await ConcludeAsync(installation, await Order(3, true, "edge"));
            secured.Components.ShouldAllBe(component => component.Ready == component.Desired);

            var moved = await ConcludeAsync(installation, await Order(3, true, "core"));
            moved.Components.Where(component => component.State == ComponentState.Active).ShouldAllBe(component => component.Cluster == "c2" && component.Ready == component.Desired);

            (await installation.ConclusionAsync(await installation.TerminateAsync(), 120)).Rollout.ShouldBe(Rollout.Terminated);
            (await installation.WorksAsync()).ShouldBe(0);
            (await installation.PlacementsAsync()).ShouldBe(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ServiceReported> ConcludeAsync(Installation installation, long command)
    {
        var report = await installation.ConclusionAsync(command, 120);
        report.Rollout.ShouldBe(Rollout.Good, report.Reason);
        return report;
    }

    private static string Everywhere(string location) =>
        "kind: P2CodeSchedulingManifest\napiVersion: scheduling.p2code.eu/v1alpha1\nspec:\n  globalAnnotations: [p2code.target.managedClusterSet=default, p2code.filter.location="
        + location + "]\n";

    private static string Nested(string path, bool value)
    {
        var parts = path.Split('.');
        return string.Concat(parts.Select((part, depth) => $"{new string(' ', depth * 2)}{part}:{(depth == parts.Length - 1 ? (value ? " true" : " false") : "\n")}")) + "\n";
    }

    private static string Unpack(string name, string folder)
    {
        Assert.SkipUnless(Shared.Folder is not null, "reference material is not here");
        var archive = Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "helm", "corpus"), name + "-*.tgz").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[name.Length + 1]));
        using var content = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(content, folder, overwriteFiles: true);
        return Path.Combine(folder, name);
    }
}
