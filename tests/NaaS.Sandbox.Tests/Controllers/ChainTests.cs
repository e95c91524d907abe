using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers;

public sealed class ChainTests
{
    [Fact]
    public async Task A_deployment_in_a_work_becomes_ready_pods_and_the_feedback_says_so()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Deliver("web", WorkSteps.Deployment("web", replicas: 2), """
            {"manifestConfigs":[{"resourceIdentifier":{"group":"apps","resource":"deployments","name":"web","namespace":"default"},
              "updateStrategy":{"type":"Update"},"feedbackScrapeType":"Watch",
              "feedbackRules":[{"type":"WellKnownStatus"},{"type":"JSONPaths","jsonPaths":[
                {"name":"progressing","path":".status.conditions[?(@.type==\"Progressing\")].reason"}]}]}]}
            """);

        await hub.UntilApplied("web");
        await hub.Until(() => hub.Work("web").FeedbackOf(0).GetValueOrDefault("ReadyReplicas") == "2", "both replicas are ready in the feedback");
        hub.Work("web").FeedbackOf(0)["progressing"].ShouldBe("NewReplicaSetAvailable");
        hub.Clusters["c1"].List(Kinds.Pods, "default").Read().ShouldAllBe(pod => pod.ConditionIsTrue("Ready"));
    }

    [Fact]
    public async Task Deleting_the_work_leaves_nothing_on_the_cluster()
    {
        await using var hub = await SimulatedHub.StartAsync();
        hub.Deliver("web", WorkSteps.Deployment("web") + "," + WorkSteps.ConfigMap("web"));
        await hub.UntilApplied("web");

        hub.Hub.Delete(Kinds.ManifestWorks, "c1", "web");

        await hub.Until(() => hub.Work("web") is null, "the work is gone");
        await hub.Until(
            () => hub.Read(Kinds.ConfigMaps, "default", "web", "c1") is null && hub.Read(Kinds.Deployments, "default", "web", "c1") is null, "its objects are gone");
        hub.Clusters["c1"].Count(Kinds.AppliedManifestWorks).ShouldBe(0);
    }
}
