using System.Text.Json.Nodes;
using NaaS.ClusterHub.Clusters;

namespace NaaS.ClusterHub.Tests.Clusters;

public class ClusterReadingTests
{
    [Fact]
    public void Labels_claims_taints_and_availability_are_read()
    {
        var cluster = ClusterReading.Read((JsonObject)Recorded.Read("cluster/managedcluster-unreachable.json"));
        cluster.Name.ShouldBe("cluster3");
        cluster.Labels["region"].ShouldBe("us");
        cluster.Claims["p2code.filter.gpu"].ShouldBe("false");
        cluster.Available.ShouldBeNull();
        var taint = cluster.Taints.ShouldHaveSingleItem();
        taint.Key.ShouldBe("cluster.open-cluster-management.io/unreachable");
        taint.TimeAdded.ShouldBe(new(2026, 11, 24, 8, 31, 53, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("cluster/managedcluster-cluster1.json", true)]
    [InlineData("cluster/managedcluster-api-down.json", false)]
    public void Availability_is_true_false_or_unknown(string path, bool available) =>
        ClusterReading.Read((JsonObject)Recorded.Read(path)).Available.ShouldBe(available);
}
