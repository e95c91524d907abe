using System.Text.Json.Nodes;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Tests.EndToEnd;

/// <summary>A service's life on the sandbox: deploy, scale, secure, relocate, fail, end.</summary>
public class ServiceLifeTests
{
    internal static string Deployment(string name, int replicas = 1, string? image = null) =>
        $"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}}}, spec: {{replicas: {replicas}, selector: {{matchLabels: {{app: {name}}}}}, "
        + $"template: {{metadata: {{labels: {{app: {name}}}}}, spec: {{containers: [{{name: main, image: \"{image ?? name + ":1"}\"}}]}}}}}}}}\n---\n";

    internal const string Database =
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 1, serviceName: db, selector: {matchLabels: {app: db}}, "
        + "template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: \"db:1\"}]}}, "
        + "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}\n---\n"
        + "{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {selector: {app: db}, ports: [{port: 3306}]}}\n---\n";

    private const string Policy = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: shield}, spec: {podSelector: {matchLabels: {app: db}}}}\n---\n";

    private static string Shop(int replicas = 1) => Deployment("web", replicas) + Deployment("cart") + Database;

    internal static string At(params (string Workload, string Location)[] places) =>
        "kind: P2CodeSchedulingManifest\napiVersion: scheduling.p2code.eu/v1alpha1\nspec:\n  globalAnnotations: [p2code.target.managedClusterSet=default]\n  workloadAnnotations:\n"
        + string.Concat(places.Select(place => $"  - {{name: {place.Workload}, annotations: [p2code.filter.location={place.Location}]}}\n"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_is_deployed_scaled_secured_relocated_and_ended(bool onServers)
    {
        Assert.SkipWhen(
            onServers && (Environment.GetEnvironmentVariable("NAAS_POSTGRES") is null || Environment.GetEnvironmentVariable("NAAS_RABBITMQ") is null),
            "NAAS_POSTGRES and NAAS_RABBITMQ are not set; tests/run.sh sets them");
        await using var installation = await Installation.StartAsync(new() { OnServers = onServers });
        var deployed = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), At(("web", "edge"), ("cart", "edge"), ("db", "edge"))));
        deployed.Reason.ShouldBeNull();
        deployed.Rollout.ShouldBe(Rollout.Good);
        deployed.Notes.ShouldBe("have fun");
        deployed.Components.Select(component => (component.Name, component.Cluster, component.Ready, component.State)).ShouldBe(
            [("web", "c1", 1, ComponentState.Active), ("cart", "c1", 1, ComponentState.Active), ("db", "c1", 1, ComponentState.Active)]);
        var cart = await installation.DeploymentAsync("c1", "cart");

        var scaled = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2), At(("web", "edge"), ("cart", "edge"), ("db", "edge"))));
        scaled.Rollout.ShouldBe(Rollout.Good);
        scaled.Components[0].Ready.ShouldBe(2);
        ((long?)(await installation.DeploymentAsync("c1", "cart"))!["metadata"]!["generation"]).ShouldBe((long?)cart!["metadata"]!["generation"]);

        var secured = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2) + Policy, At(("web", "edge"), ("cart", "edge"), ("db", "edge"))));
        secured.Rollout.ShouldBe(Rollout.Good);

        using var watching = new CancellationTokenSource();
        var gaps = ProbeAsync(installation, "web", watching.Token);
        var moved = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(2) + Policy, At(("web", "core"), ("cart", "core"), ("db", "edge"))));
        await watching.CancelAsync();
        moved.Rollout.ShouldBe(Rollout.Good);
        moved.Components.Select(component => component.Cluster).ShouldBe(["c2", "c2", "c1"]);
        (await gaps).ShouldBe(0, "at no moment was web without a ready replica");
        (await installation.DeploymentAsync("c1", "web")).ShouldBeNull();

        var ended = await installation.ConclusionAsync(await installation.TerminateAsync());
        ended.Rollout.ShouldBe(Rollout.Terminated);
        ended.Components.ShouldAllBe(component => component.State == ComponentState.Terminated);
        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
        (await installation.DeploymentAsync("c2", "web")).ShouldBeNull();
        installation.Reports.Where(report => report.Report > 0).Select(report => report.Report).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_namespace_that_an_order_names_is_made_shared_and_kept()
    {
        await using var installation = await Installation.StartAsync();
        var (web, cart) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var (service, name) in new[] { (web, "web"), (cart, "cart") })
        {
            installation.Service = service;
            (await installation.ConclusionAsync(await installation.ChangeAsync(Deployment(name), At((name, "edge")), @namespace: "team"))).Rollout.ShouldBe(Rollout.Good);
        }

        (await installation.ConclusionAsync(await installation.TerminateAsync())).Rollout.ShouldBe(Rollout.Terminated);
        (await InTeamAsync("cart")).ShouldBeNull();
        (await InTeamAsync("web")).ShouldNotBeNull();

        installation.Service = web;
        (await installation.ConclusionAsync(await installation.TerminateAsync())).Rollout.ShouldBe(Rollout.Terminated);
        (await InTeamAsync("web")).ShouldBeNull();
        (await installation.Cluster("c1").FindAsync(new("", "v1", "namespaces", "Namespace"), null, "team", TestContext.Current.CancellationToken)).ShouldNotBeNull();

        Task<JsonObject?> InTeamAsync(string name) =>
            installation.Cluster("c1").FindAsync(new("apps", "v1", "deployments", "Deployment"), "team", name, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failed_change_is_put_back_and_names_workload_cluster_and_reason()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), At(("db", "edge"), ("web", "edge"), ("cart", "edge"))));
        var failed = await installation.ConclusionAsync(
            await installation.ChangeAsync(Deployment("web", 1, "does-not-exist:1") + Deployment("cart") + Database, At(("web", "core"), ("db", "edge"), ("cart", "edge")), deadline: 3));
        failed.Rollout.ShouldBe(Rollout.Failed);
        failed.Reason.ShouldNotBeNull().ShouldContain("Deployment/default/web on c2: 0 of 1 replicas available (MinimumReplicasUnavailable");
        failed.InForce.ShouldNotBeNull().ShouldContain(characteristic => characteristic.Value.Contains("web:1", StringComparison.Ordinal));
        failed.Components.ShouldAllBe(component => component.Cluster == "c1" && component.Ready == 1);
        (await installation.DeploymentAsync("c2", "web")).ShouldBeNull();
        (await installation.PlacementsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_first_revision_that_fails_leaves_nothing()
    {
        await using var installation = await Installation.StartAsync();
        var failed = await installation.ConclusionAsync(await installation.ChangeAsync(Deployment("web", 1, "does-not-exist:1"), deadline: 2));
        failed.Rollout.ShouldBe(Rollout.Terminated);
        failed.Reason.ShouldNotBeNull().ShouldContain("Deployment/default/web on c");
        (await installation.WorksAsync()).ShouldBe(0);
        (await installation.PlacementsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_StatefulSet_that_fails_tells_what_its_pod_says()
    {
        await using var installation = await Installation.StartAsync();
        var failed = await installation.ConclusionAsync(await installation.ChangeAsync(Database.Replace("db:1", "does-not-exist:1", StringComparison.Ordinal), deadline: 2));
        failed.Rollout.ShouldBe(Rollout.Terminated);
        failed.Reason.ShouldNotBeNull().ShouldContain("ImagePullBackOff");
    }

    [Fact]
    public async Task Without_a_matching_cluster_it_waits_with_the_reason_and_ends_at_the_deadline()
    {
        await using var installation = await Installation.StartAsync();
        var command = await installation.ChangeAsync(Deployment("web"), At(("web", "moon")), deadline: 3);
        var waiting = await installation.ReportAsync(command, Rollout.Waiting);
        waiting.Reason.ShouldNotBeNull().ShouldContain("c1: ");
        (await installation.ConclusionAsync(command)).Rollout.ShouldBe(Rollout.Terminated);
        (await installation.PlacementsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_written()
    {
        await using var installation = await Installation.StartAsync();
        await installation.ConclusionAsync(await installation.ChangeAsync(Shop()));
        var works = await installation.WorksAsync();
        var refused = await installation.ConclusionAsync(await installation.ChangeAsync(Shop(), At(("nobody", "edge"))));
        refused.Rollout.ShouldBe(Rollout.Failed);
        refused.Reason.ShouldNotBeNull().ShouldContain("nobody");
        var same = await installation.ConclusionAsync(await installation.ChangeAsync(Shop()));
        same.Rollout.ShouldBe(Rollout.Unchanged);
        (await installation.WorksAsync()).ShouldBe(works);
    }

    // Asks every cluster, over and over, and counts the rounds in which none had a ready replica.
    private static async Task<int> ProbeAsync(Installation installation, string name, CancellationToken cancellationToken)
    {
        var gaps = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var ready = 0;
            foreach (var cluster in installation.Sandbox.Clusters.Keys.Order(StringComparer.Ordinal))
            {
                // One after the other, the old place first: when it is gone, the new one must have been ready before.
                ready += (int?)(await installation.DeploymentAsync(cluster, name))?["status"]?["readyReplicas"] ?? 0;
            }

            gaps += ready == 0 ? 1 : 0;
        }

        return gaps;
    }
}
