using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Tests;

/// <summary>Public charts with their own values through the pure steps of fulfilment.</summary>
public class PublicChartsTests
{
    private static DeploymentIntent Intent(params (string Path, string Value)[] knobs) => new()
    {
        ServiceId = Guid.Parse("3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01"),
        ReleaseName = "rel",
        Namespace = "demo",
        OwnsNamespace = true,
        Chart = new(null, "x", null),
        Values = "",
        Placement = PlacementRules.Any,
        Deadline = TimeSpan.FromMinutes(1),
        Recreate = false,
        Knobs = [.. knobs.Select(knob => new Knob(knob.Path, "INTEGER", knob.Value, false))],
    };

    private static FetchedChart Chart(string name)
    {
        Assert.SkipUnless(Shared.Folder is not null, "reference material is not here");
        using var archive = File.OpenRead(Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "helm", "corpus"), name + "-*.tgz").Single(file =>
            char.IsAsciiDigit(Path.GetFileName(file)[name.Length + 1])));
        var chart = ChartLoader.FromArchive(archive);
        return new(chart, chart.Version, "sha256:0");
    }

    private static Release Render(FetchedChart chart, DeploymentIntent intent, Release? before = null) => ReleaseFactory.RenderAsync(
        new BuiltInRenderer(),
        intent,
        chart,
        new() { Revision = before is null ? 1 : 2, Born = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), Previous = before?.Objects ?? [] },
        CancellationToken.None).GetAwaiter().GetResult();

    [Theory]
    [InlineData("wordpress", "replicaCount", "Deployment/demo/rel-wordpress")]
    [InlineData("postgresql", "primary.terminationGracePeriodSeconds", "StatefulSet/demo/rel-postgresql")]
    [InlineData("redis", "replica.replicaCount", "StatefulSet/demo/rel-redis-replicas")]
    [InlineData("rabbitmq", "replicaCount", "StatefulSet/demo/rel-rabbitmq")]
    [InlineData("keycloak", "replicaCount", "StatefulSet/demo/rel-keycloak")]
    [InlineData("grafana", "replicas", "Deployment/demo/rel-grafana")]
    [InlineData("podinfo", "replicaCount", "Deployment/demo/rel-podinfo")]
    [InlineData("open5gs", "smf.replicaCount", "Deployment/demo/rel-smf")]
    public void A_change_of_one_value_touches_one_workload_and_rolls_no_password(string name, string knob, string workload)
    {
        var chart = Chart(name);
        var first = Render(chart, Intent());
        Render(chart, Intent()).Digest.ShouldBe(first.Digest);

        var before = first.Objects.ToDictionary(o => ObjectKey.Of(o).ToString(), o => o.ToJsonString());
        var changed = Render(chart, Intent((knob, "7")), first).Objects
            .Where(o => before.GetValueOrDefault(ObjectKey.Of(o).ToString()) != o.ToJsonString())
            .Select(o => ObjectKey.Of(o).ToString());
        changed.ShouldBe([workload]);
    }

    [Fact]
    public void A_release_of_two_thousand_components_is_planned_in_seconds()
    {
        var objects = Objects.Of(string.Join("\n---\n", Enumerable.Range(0, 2000).Select(number =>
            $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: w{number}, namespace: ns}}, spec: {{template: {{metadata: {{labels: {{app: w{number}}}}}, "
            + $"spec: {{serviceAccountName: all, containers: [{{name: c, env: [{{name: NEXT, value: 'w{number + 1}:80'}}], envFrom: [{{configMapRef: {{name: w{number}}}}}]}}]}}}}}}}}\n---\n"
            + $"{{apiVersion: v1, kind: Service, metadata: {{name: w{number}, namespace: ns}}, spec: {{selector: {{app: w{number}}}}}}}\n---\n"
            + $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: w{number}, namespace: ns}}, data: {{a: b}}}}"))
            + "\n---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: all, namespace: ns}}");
        var started = TimeProvider.System.GetTimestamp();
        var bundle = Bundler.Bundle(Guid.Empty, objects);
        var links = LinkFinder.Find(bundle);
        var groups = Grouper.Group(bundle, PlacementRules.Any, new Dictionary<Guid, string>(), new());

        bundle.Components.Count.ShouldBe(2000);
        bundle.Components.ShouldAllBe(component => component.Objects.Count == 4);
        links.Count.ShouldBe(1999);
        groups.ShouldHaveSingleItem().Objects.Count.ShouldBe(6001);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
