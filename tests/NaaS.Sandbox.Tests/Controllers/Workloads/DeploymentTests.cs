using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers.Workloads;

public sealed class DeploymentTests
{
    [Fact]
    public async Task Scaling_adds_pods_and_leaves_the_others_alone()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web", replicas: 2), "c1");
        await hub.UntilRolledOut("web");
        var before = hub.Pods().Select(pod => pod.Uid()).ToList();

        hub.Change(Kinds.Deployments, "web", tree => tree["spec"]!["replicas"] = 3);

        await hub.UntilRolledOut("web");
        var after = hub.Pods().Select(pod => pod.Uid()).ToList();
        after.Count.ShouldBe(3);
        before.ShouldBeSubsetOf(after);
    }

    [Fact]
    public async Task Changing_labels_of_the_deployment_restarts_nothing()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web"), "c1");
        await hub.UntilRolledOut("web");
        var before = hub.Pods().Single().Uid();

        hub.Change(Kinds.Deployments, "web", tree => tree["metadata"]!["labels"]!["tier"] = "edge");
        hub.Change(Kinds.Deployments, "web", tree => tree["spec"]!["revisionHistoryLimit"] = 3);

        await hub.UntilRolledOut("web");
        hub.Pods().Single().Uid().ShouldBe(before);
        hub.Clusters["c1"].Count(Kinds.ReplicaSets).ShouldBe(1);
    }

    [Fact]
    public async Task A_rolling_update_never_has_fewer_ready_pods_than_wanted_nor_more_pods_than_the_surge_allows()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web", replicas: 4), "c1");
        await hub.UntilRolledOut("web");
        var (fewest, most) = (int.MaxValue, 0);
        hub.Clusters["c1"].Changed += happened =>
        {
            if (happened.Object!.Type == Kinds.Pods)
            {
                var live = hub.Pods().Where(pod => !pod.IsDeleting()).ToList();
                fewest = Math.Min(fewest, live.Count(pod => pod.ConditionIsTrue("Ready")));
                most = Math.Max(most, live.Count);
            }
        };

        hub.Change(Kinds.Deployments, "web", tree =>
        {
            tree["spec"]!["strategy"] = JsonNode.Parse("""{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0} }""");
            tree["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "registry.example/app:2";
        });

        await hub.UntilRolledOut("web");
        fewest.ShouldBe(4);
        most.ShouldBe(5);
        hub.Pods().Where(pod => !pod.IsDeleting()).Select(pod => pod.At("spec", "containers")![0].Str("image")).Distinct().ShouldBe(["registry.example/app:2"]);
    }

    [Fact]
    public async Task An_image_that_does_not_exist_keeps_the_old_pods_and_exceeds_the_deadline()
    {
        var clock = new ManualClock();
        await using var hub = await SimulatedHub.StartAsync(new SandboxOptions { TimeProvider = clock });
        hub.Create(WorkSteps.Deployment("web", replicas: 2), "c1");
        await hub.Until(() => hub.Pods().Count(pod => pod.Waiting() is not null) == 2, "the pods are starting");
        clock.Advance(TimeSpan.FromSeconds(1));
        await hub.UntilRolledOut("web");

        hub.Change(Kinds.Deployments, "web", tree =>
        {
            tree["spec"]!["progressDeadlineSeconds"] = 5;
            tree["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "registry.example/does-not-exist:1";
        });
        await hub.Until(() => hub.Pods().Any(pod => pod.Waiting() == "ImagePullBackOff/Back-off pulling image \"registry.example/does-not-exist:1\""), "the pull fails");
        hub.Pods().Count(pod => pod.ConditionIsTrue("Ready")).ShouldBe(2);
        await hub.Until(() => Progressing(hub) == "True/ReplicaSetUpdated" && hub.OnC1(Kinds.Deployments, "web").Int("status", "updatedReplicas") == 1, "it is progressing");
        clock.Advance(TimeSpan.FromSeconds(6));

        await hub.Until(() => Progressing(hub) == "False/ProgressDeadlineExceeded", "the deadline has passed");
        hub.OnC1(Kinds.Deployments, "web").ConditionIsTrue("Available").ShouldBeTrue();
    }

    [Fact]
    public async Task Going_back_to_the_earlier_template_uses_its_replica_set_again()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web"), "c1");
        await hub.UntilRolledOut("web");
        var first = hub.Clusters["c1"].List(Kinds.ReplicaSets, "default").Items.Single().Name;
        SetImage(hub, "registry.example/app:2");
        await hub.UntilRolledOut("web");

        SetImage(hub, "registry.example/app:1");

        await hub.UntilRolledOut("web");
        hub.Clusters["c1"].Count(Kinds.ReplicaSets).ShouldBe(2);
        hub.OnC1(Kinds.ReplicaSets, first).Str("metadata", "annotations", "deployment.kubernetes.io/revision").ShouldBe("3");
        hub.OnC1(Kinds.Deployments, "web").Str("metadata", "annotations", "deployment.kubernetes.io/revision").ShouldBe("3");
    }

    [Fact]
    public async Task Recreate_stops_the_old_pods_before_new_ones_start()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web"), "c1");
        hub.Change(Kinds.Deployments, "web", tree => tree["spec"]!["strategy"] = new JsonObject { ["type"] = "Recreate" });
        await hub.UntilRolledOut("web");
        var most = 0;
        hub.Clusters["c1"].Changed += _ => most = Math.Max(most, hub.Pods().Count);

        SetImage(hub, "registry.example/app:2");

        await hub.UntilRolledOut("web");
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_service_account_is_named_in_the_conditions_until_it_is_there()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web").Replace("\"containers\"", "\"serviceAccountName\":\"runner\",\"containers\"", StringComparison.Ordinal), "c1");
        await hub.Until(() => hub.OnC1(Kinds.Deployments, "web").Condition("ReplicaFailure").Str("reason") == "FailedCreate", "pods are refused");
        hub.OnC1(Kinds.Deployments, "web").Condition("ReplicaFailure").Str("message")!.ShouldContain("serviceaccount \"runner\" not found");

        hub.Create("""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"runner","namespace":"default"} }""", "c1");

        await hub.UntilRolledOut("web");
        hub.OnC1(Kinds.Deployments, "web").Condition("ReplicaFailure").ShouldBeNull();
    }

    [Fact]
    public async Task A_pod_deleted_by_hand_is_replaced()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkSteps.Deployment("web"), "c1");
        await hub.UntilRolledOut("web");
        var gone = hub.Pods().Single();

        hub.Clusters["c1"].Delete(Kinds.Pods, "default", gone.Name());

        await hub.Until(() => hub.Pods() is [var pod] && pod.Uid() != gone.Uid() && pod.ConditionIsTrue("Ready"), "another pod is ready");
    }

    private static void SetImage(SimulatedHub hub, string image) =>
        hub.Change(Kinds.Deployments, "web", tree => tree["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image);

    private static string Progressing(SimulatedHub hub) =>
        hub.OnC1(Kinds.Deployments, "web").Condition("Progressing") is { } found ? $"{found.Str("status")}/{found.Str("reason")}" : "";
}
