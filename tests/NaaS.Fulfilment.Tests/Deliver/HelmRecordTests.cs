using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;
using NaaS.Fulfilment.Tests.Reconcile;

namespace NaaS.Fulfilment.Tests.Deliver;

public class HelmRecordTests
{
    private static readonly DateTimeOffset Born = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_ten_good_revisions_lie_on_each_cluster()
    {
        var design = new Designs { Everywhere = "edge" }.Build();
        HelmRecord? good = null;
        for (var revision = 1; revision <= 14; revision++)
        {
            good = Record(revision).After(good);
        }

        var placed = new PlacedDesign(design with { Helm = good }, design.Groups.ToDictionary(group => group.Name, _ => "c1"));
        var secrets = DesiredObjects.Of(placed, null)["c1"].Where(o => (string?)o["type"] == "helm.sh/release.v1").ToList();
        secrets.Select(o => ObjectKey.Of(o).Name).ShouldBe(Enumerable.Range(5, 10).Select(revision => $"sh.helm.release.v1.shop.v{revision}"));
        secrets.Select(o => (string?)o["metadata"]!["labels"]!["status"]).ShouldBe([.. Enumerable.Repeat("superseded", 9), "deployed"]);
    }

    private static HelmRecord Record(int revision) =>
        new(revision, Born, Born.AddHours(revision), new JsonObject { ["name"] = "shop", ["version"] = "1.0.0" }, new JsonObject { ["revision"] = revision });
}
