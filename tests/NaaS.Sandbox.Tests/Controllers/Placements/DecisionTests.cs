using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Placements;

public sealed class DecisionTests
{
    [Fact]
    public async Task A_placement_by_label_is_decided_for_the_matching_clusters()
    {
        await using var hub = await SimulatedHub.StartAsync();

        hub.Place("kubernetes", """{"predicates":[{"requiredClusterSelector":{"labelSelector":{"matchLabels":{"kubernetes-distribution":"kubernetes"}}}}]}""");

        await hub.UntilDecided("kubernetes", "c1", "c3");
        hub.Read(Kinds.Placements, "orch", "kubernetes").Int("status", "numberOfSelectedClusters").ShouldBe(2);
    }
}
