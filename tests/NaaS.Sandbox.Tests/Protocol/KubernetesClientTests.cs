using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>KubernetesClient's typed calls, against the hub under its path.</summary>
public sealed class KubernetesClientTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private readonly Kubernetes _client = new(KubernetesClientConfiguration.BuildConfigFromConfigObject(
        KubernetesYaml.Deserialize<k8s.KubeConfigModels.K8SConfiguration>(running.Sandbox.Kubeconfig())));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Typed_objects_are_created_read_replaced_and_deleted()
    {
        var made = await _client.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { GenerateName = "typed-" }, Data = new Dictionary<string, string> { ["a"] = "1" } }, "default", cancellationToken: Cancelled);
        made.Metadata.Name.ShouldMatch("^typed-[a-z0-9]{5}$");
        made.Data["a"] = "2";
        var replaced = await _client.CoreV1.ReplaceNamespacedConfigMapAsync(made, made.Name(), "default", cancellationToken: Cancelled);
        replaced.Data["a"].ShouldBe("2");
        var stale = await Should.ThrowAsync<HttpOperationException>(() => _client.CoreV1.ReplaceNamespacedConfigMapAsync(made, made.Name(), "default", cancellationToken: Cancelled));
        stale.Response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        stale.Response.Content.ShouldContain("the object has been modified; please apply your changes to the latest version and try again");
        (await _client.CoreV1.DeleteNamespacedConfigMapAsync(made.Name(), "default", cancellationToken: Cancelled)).Status.ShouldBe("Success");
        (await Should.ThrowAsync<HttpOperationException>(() => _client.CoreV1.ReadNamespacedConfigMapAsync(made.Name(), "default", cancellationToken: Cancelled)))
            .Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_watch_sees_what_is_added_changed_and_deleted_after_the_list()
    {
        var list = await _client.CoreV1.ListNamespacedSecretAsync("default", cancellationToken: Cancelled);
        var seen = new List<string>();
        var watching = _client.CoreV1.WatchListNamespacedSecretAsync("default", resourceVersion: list.ResourceVersion(), cancellationToken: Cancelled);
        await _client.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "seen" }, StringData = new Dictionary<string, string> { ["k"] = "v" } }, "default", cancellationToken: Cancelled);
        await _client.CoreV1.PatchNamespacedSecretAsync(new V1Patch("""{"metadata":{"labels":{"x":"y"}}}""", V1Patch.PatchType.MergePatch), "seen", "default", cancellationToken: Cancelled);
        await _client.CoreV1.DeleteNamespacedSecretAsync("seen", "default", cancellationToken: Cancelled);
        await foreach (var (type, secret) in watching)
        {
            seen.Add($"{type} {secret.Name()} {secret.Labels()?.Count ?? 0}");
            if (type == WatchEventType.Deleted)
            {
                break;
            }
        }
        seen.ShouldBe(["Added seen 0", "Modified seen 1", "Deleted seen 1"]);
    }

    [Fact]
    public async Task Custom_objects_are_applied_and_listed_across_namespaces()
    {
        foreach (var cluster in new[] { "c1", "c2" })
        {
            var work = new V1Patch(
                """{"apiVersion":"work.open-cluster-management.io/v1","kind":"ManifestWork","metadata":{"labels":{"of":"client"}},"spec":{"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"default"}}]}}}""",
                V1Patch.PatchType.ApplyPatch);
            await _client.CustomObjects.PatchNamespacedCustomObjectAsync(work, "work.open-cluster-management.io", "v1", cluster, "manifestworks", "mine", fieldManager: "test", force: true, cancellationToken: Cancelled);
        }
        var all = (System.Text.Json.JsonElement)await _client.CustomObjects.ListClusterCustomObjectAsync("work.open-cluster-management.io", "v1", "manifestworks", labelSelector: "of=client", cancellationToken: Cancelled);
        all.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("metadata").GetProperty("namespace").GetString()).ShouldBe(["c1", "c2"]);
    }

    [Fact]
    public async Task Leases_elect_one_holder()
    {
        var lease = await _client.CoordinationV1.CreateNamespacedLeaseAsync(
            new V1Lease { Metadata = new V1ObjectMeta { Name = "leader" }, Spec = new V1LeaseSpec { HolderIdentity = "a", LeaseDurationSeconds = 15, RenewTime = DateTime.UtcNow } }, "default", cancellationToken: Cancelled);
        lease.Spec.HolderIdentity = "b";
        (await _client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, "leader", "default", cancellationToken: Cancelled)).Spec.HolderIdentity.ShouldBe("b");
        lease.Spec.HolderIdentity = "c";
        (await Should.ThrowAsync<HttpOperationException>(() => _client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, "leader", "default", cancellationToken: Cancelled)))
            .Response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Autoscalers_and_events_are_served_in_both_their_versions()
    {
        await _client.AutoscalingV1.CreateNamespacedHorizontalPodAutoscalerAsync(
            new V1HorizontalPodAutoscaler
            {
                Metadata = new V1ObjectMeta { Name = "both" },
                Spec = new V1HorizontalPodAutoscalerSpec { MaxReplicas = 3, ScaleTargetRef = new V1CrossVersionObjectReference { Kind = "Deployment", Name = "d", ApiVersion = "apps/v1" }, TargetCPUUtilizationPercentage = 50 },
            }, "default", cancellationToken: Cancelled);
        (await _client.AutoscalingV2.ReadNamespacedHorizontalPodAutoscalerAsync("both", "default", cancellationToken: Cancelled)).Spec.Metrics[0].Resource.Target.AverageUtilization.ShouldBe(50);
        (await _client.AutoscalingV1.ReadNamespacedHorizontalPodAutoscalerAsync("both", "default", cancellationToken: Cancelled)).Spec.TargetCPUUtilizationPercentage.ShouldBe(50);

        await _client.EventsV1.CreateNamespacedEventAsync(
            new Eventsv1Event { Metadata = new V1ObjectMeta { Name = "e" }, Regarding = new V1ObjectReference { Kind = "Pod", Name = "p" }, Note = "hello", Reason = "R", Action = "A", EventTime = DateTime.UtcNow, ReportingController = "t", ReportingInstance = "t", Type = "Normal" }, "default", cancellationToken: Cancelled);
        var core = await _client.CoreV1.ListNamespacedEventAsync("default", fieldSelector: "involvedObject.name=p", cancellationToken: Cancelled);
        core.Items.ShouldHaveSingleItem().Message.ShouldBe("hello");
    }
}
