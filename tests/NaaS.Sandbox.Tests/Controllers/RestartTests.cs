using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;
using NaaS.Sandbox.Tests.Controllers.Placements;
using NaaS.Sandbox.Tests.Controllers.Workloads;
using NaaS.Sandbox.Tests.Controllers.Works;

namespace NaaS.Sandbox.Tests.Controllers;

public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("naas-sandbox-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task After_a_restart_everything_runs_on_as_it_was_and_goes_on_being_looked_after()
    {
        var options = new SandboxOptions { DataFolder = _data.FullName };
        string pod, decision;
        await using (var hub = await SimulatedHub.StartAsync(options))
        {
            hub.Place("one", """{"numberOfClusters":1}""");
            await hub.Until(() => hub.Decided("one").Length == 1, "it is decided");
            hub.Deliver("web", WorkSteps.Deployment("web"));
            await hub.UntilRolledOut("web");
            (pod, decision) = (hub.Pods().Single().Uid(), hub.Decided("one").Single());
        }

        await using (var hub = await SimulatedHub.StartAsync(options))
        {
            hub.Pods().Single().Uid().ShouldBe(pod);
            hub.Pods().Single().ConditionIsTrue("Ready").ShouldBeTrue();
            hub.Decided("one").ShouldBe([decision]);

            hub.Redeliver("web", spec => spec["workload"]!["manifests"]![0]!["spec"]!["replicas"] = 2);

            await hub.UntilApplied("web");
            await hub.UntilRolledOut("web");
            hub.Pods().Count.ShouldBe(2);
            hub.Pods().Select(other => other.Str("status", "podIP")).Distinct().Count().ShouldBe(2);
            hub.Pods().Select(other => other.Uid()).ShouldContain(pod);
        }
    }
}
