using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>Zero touch: new chart versions are followed, gated by health, and bad ones remembered.</summary>
public sealed class AutomaticVersionTests : IDisposable
{
    private readonly ChartFolder charts = new();

    public void Dispose() => charts.Dispose();

    [Fact]
    public async Task A_new_version_inside_the_range_is_taken_and_one_that_fails_is_put_back_and_not_taken_again()
    {
        charts.Write("1.0.0", "web:1");
        await using var installation = await Installation.StartAsync(new()
        {
            ChartFolder = charts.Path,
            Settings = new() { ["Fulfilment:VersionInterval"] = "00:00:00.5" },
        });
        (string, string)[] ordered =
        [
            ("Base service registry/repository URL", charts.Path), ("Service artifact version", "~1"), ("Update policy", "automatic"), ("Service namespace", "default"), ("Deadline", "3"),
        ];
        (await installation.ConclusionAsync(await installation.OrderAsync("c", ordered))).ChartVersion.ShouldBe("1.0.0");

        charts.Write("1.1.0", "web:2");
        charts.Write("2.0.0", "web:9");
        await Concluded(installation, Rollout.Good, "1.1.0");
        installation.Reports.Last(report => report.Rollout == Rollout.Good).Cause.ShouldBe(new Cause(CauseKind.Worker, "version 1.1.0"));

        charts.Write("1.2.0", "does-not-exist:1");
        await Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report.Rollout == Rollout.Failed)));
        var failed = installation.Reports.Single(report => report.Rollout == Rollout.Failed);
        failed.Cause.Id.ShouldBe("version 1.2.0");
        failed.ChartVersion.ShouldBe("1.1.0");

        // A customer's change passes the bad version by, and a better one is followed.
        var scaled = await installation.ConclusionAsync(await installation.OrderAsync("c", [.. ordered, ("values.replicas", "2")]));
        scaled.Rollout.ShouldBe(Rollout.Good);
        scaled.ChartVersion.ShouldBe("1.1.0");
        charts.Write("1.3.0", "web:3");
        await Concluded(installation, Rollout.Good, "1.3.0");
        installation.Reports.Count(report => report.Rollout == Rollout.Failed).ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_maintenance_window_is_refused()
    {
        charts.Write("1.0.0", "web:1");
        await using var installation = await Installation.StartAsync(new() { ChartFolder = charts.Path });
        var refused = await installation.ConclusionAsync(await installation.OrderAsync(
            "c", ("Base service registry/repository URL", charts.Path), ("Service namespace", "default"), ("Maintenance window", "at night")));
        refused.Rollout.ShouldBe(Rollout.Terminated);
        refused.Reason.ShouldNotBeNull().ShouldContain("Maintenance window");
    }

    private static Task Concluded(Installation installation, Rollout rollout, string version) =>
        Installation.UntilAsync(() => Task.FromResult(installation.Reports.Any(report => report.Rollout == rollout && report.ChartVersion == version)));
}

/// <summary>A folder of charts named <c>c</c>, to which versions are added.</summary>
internal sealed class ChartFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("naas-charts-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    public void Write(string version, string image)
    {
        // Made aside and moved, so that nobody reads half a chart.
        var made = System.IO.Path.Combine(Path, $"{version}.part");
        using (var zip = new GZipStream(File.Create(made), CompressionLevel.Fastest))
        using (var archive = new TarWriter(zip))
        {
            Add(archive, "c/Chart.yaml", $"apiVersion: v2\nname: c\nversion: {version}\nappVersion: \"{image}\"\n");
            Add(archive, "c/values.yaml", "replicas: 1\n");
            Add(archive, "c/templates/d.yaml", Template.Replace("IMAGE", image, StringComparison.Ordinal));
        }

        File.Move(made, System.IO.Path.Combine(Path, $"c-{version}.tgz"));
    }

    private const string Template = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: "{{ .Release.Name }}"}
        spec:
          replicas: {{ .Values.replicas }}
          selector: {matchLabels: {r: "{{ .Release.Name }}"}}
          template:
            metadata: {labels: {r: "{{ .Release.Name }}"}}
            spec: {containers: [{name: c, image: "IMAGE"}]}
        """;

    private static void Add(TarWriter archive, string name, string text) =>
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
}
