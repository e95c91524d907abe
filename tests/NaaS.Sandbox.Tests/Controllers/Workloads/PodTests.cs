using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Workloads;

public sealed class PodTests
{
    [Theory]
    [InlineData("""{"containers":[{"name":"c","image":"x","envFrom":[{"secretRef":{"name":"s"} }]}]}""", "CreateContainerConfigError/secret \"s\" not found")]
    [InlineData("""{"containers":[{"name":"c","image":"x","envFrom":[{"configMapRef":{"name":"m"} }]}]}""", "CreateContainerConfigError/configmap \"m\" not found")]
    [InlineData("""{"containers":[{"name":"c","image":"x","env":[{"name":"E","valueFrom":{"secretKeyRef":{"name":"s","key":"k"} } }]}]}""", "CreateContainerConfigError/secret \"s\" not found")]
    [InlineData("""{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","secret":{"secretName":"s"} }]}""", "ContainerCreating/MountVolume.SetUp failed for volume \"v\" : secret \"s\" not found")]
    [InlineData("""{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","projected":{"sources":[{"configMap":{"name":"m"} }]} }]}""", "ContainerCreating/MountVolume.SetUp failed for volume \"v\" : configmap \"m\" not found")]
    public async Task A_pod_waits_for_what_it_refers_to_and_starts_once_it_is_there(string spec, string waiting)
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(WorkloadSteps.Pod("p", spec), "c1");
        await hub.Until(() => hub.OnC1(Kinds.Pods, "p")!.Waiting() == waiting, $"it waits: {waiting}");
        hub.Create("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"default"},"data":{"k":"dg=="} }""", "c1");
        hub.Create("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"default"},"data":{"k":"v"} }""", "c1");

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p").ConditionIsTrue("Ready"), "it is ready");
    }

    [Fact]
    public async Task A_missing_key_is_named()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"m","namespace":"default"},"data":{"k":"v"} }""", "c1");

        hub.Create(WorkloadSteps.Pod("p", """{"containers":[{"name":"c","image":"x","env":[{"name":"E","valueFrom":{"configMapKeyRef":{"name":"m","key":"other"} } }]}]}"""), "c1");

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p")!.Waiting() == "CreateContainerConfigError/couldn't find key other in ConfigMap default/m", "the key is named");
    }

    [Fact]
    public async Task Optional_references_hold_nobody_up()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(WorkloadSteps.Pod("p", """
            {"containers":[{"name":"c","image":"x","envFrom":[{"secretRef":{"name":"s","optional":true} }]}],
             "volumes":[{"name":"v","configMap":{"name":"m","optional":true} }]}
            """), "c1");

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p").ConditionIsTrue("Ready"), "it is ready");
    }

    [Fact]
    public async Task A_crashing_image_runs_but_is_never_ready()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(WorkloadSteps.Pod("p", """{"containers":[{"name":"c","image":"registry.example/crash-loop:1"}]}"""), "c1");

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p")!.Waiting()?.StartsWith("CrashLoopBackOff/back-off 10s restarting failed container=c pod=p_default(", StringComparison.Ordinal) == true, "it crashes");
        hub.OnC1(Kinds.Pods, "p").Str("status", "phase").ShouldBe("Running");
        hub.OnC1(Kinds.Pods, "p").Condition("Ready").Str("message").ShouldBe("containers with unready status: [c]");
    }

    [Fact]
    public async Task A_pod_with_a_claim_is_placed_once_the_claim_is_bound()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create(WorkloadSteps.Pod("p", """{"containers":[{"name":"c","image":"x"}],"volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"} }]}"""), "c1");
        await hub.Until(() => hub.OnC1(Kinds.Pods, "p").Condition("PodScheduled").Str("reason") == "Unschedulable", "it waits for its claim");
        hub.Create("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"default"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }""", "c1");

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p").ConditionIsTrue("Ready"), "it is ready");
        hub.OnC1(Kinds.PersistentVolumeClaims, "data").Str("status", "phase").ShouldBe("Bound");
        hub.Clusters["c1"].Count(Kinds.PersistentVolumes).ShouldBe(1);
    }

    [Fact]
    public async Task A_claim_of_an_unknown_storage_class_stays_pending()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Create("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"default"},"spec":{"storageClassName":"nope","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }""", "c1");

        await hub.Until(() => hub.OnC1(Kinds.PersistentVolumeClaims, "data").Str("status", "phase") == "Pending", "it is pending");
        hub.Clusters["c1"].Count(Kinds.PersistentVolumes).ShouldBe(0);
    }

    [Fact]
    public async Task A_pod_that_is_deleted_is_gone_after_a_moment()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Create(WorkloadSteps.Pod("p", """{"containers":[{"name":"c","image":"x"}]}"""), "c1");
        await hub.Until(() => hub.OnC1(Kinds.Pods, "p").ConditionIsTrue("Ready"), "it is ready");

        hub.Clusters["c1"].Delete(Kinds.Pods, "default", "p");
        hub.OnC1(Kinds.Pods, "p").IsDeleting().ShouldBeTrue();

        await hub.Until(() => hub.OnC1(Kinds.Pods, "p") is null, "it is gone");
    }
}
