using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Deliver;

namespace NaaS.Fulfilment.Tests.Deliver;

public class WatchBudgetTests
{
    [Fact]
    public void A_change_gets_its_watches_and_leaves_others_half_of_what_is_free()
    {
        var changed = Enumerable.Range(0, 30).Select(i => Deployment($"ns{i}")).ToList();
        Budget(50, taken: 10).Take("c1", [], changed).Count.ShouldBe(20);
        Budget(50, taken: 48).Take("c1", [], changed).Count.ShouldBe(2);
        Budget(50, taken: 50).Take("c1", [], changed).ShouldBeEmpty();
        Budget(50, taken: 60).Take("c1", [], changed).ShouldBeEmpty();
        Budget(50, taken: 60).Take("c2", [], changed).Count.ShouldBe(25, "each cluster has its own");
    }

    [Fact]
    public void What_is_watched_for_somebody_else_in_the_same_namespace_costs_nothing() =>
        Budget(3, taken: 3).Take("c1", [], [Deployment("other1"), Deployment("mine")]).ShouldBe([WatchedKind.Of(Deployment("other1"))]);

    [Fact]
    public void A_stateful_set_is_watched_with_its_pod_or_not_at_all()
    {
        var database = new ObjectKey("apps", "StatefulSet", "shop", "db");
        Budget(10, taken: 8).Take("c1", [], [database]).Count.ShouldBe(2);
        Budget(10, taken: 9).Take("c1", [], [database, Deployment("shop")]).ShouldBe([WatchedKind.Of(Deployment("shop"))]);
    }

    [Fact]
    public void A_quiet_service_gives_its_watches_back_where_more_than_half_are_taken()
    {
        var own = new[] { WatchedKind.Of(Deployment("mine")) };
        (Budget(10, taken: 4) with { IsQuiet = true }).Take("c1", own, []).ShouldBe(own);
        (Budget(10, taken: 5) with { IsQuiet = true }).Take("c1", own, []).ShouldBeEmpty();
    }

    [Fact]
    public void What_does_not_change_keeps_what_it_has_and_what_changes_comes_first()
    {
        var before = Wanted(Workload("web", 1), Workload("cart", 1));
        var polled = Ledger.Empty.Assign(before, Budget(0, taken: 0));
        polled.Entries.Values.ShouldAllBe(entry => !entry.Watched);
        polled.Assign(before, Budget(50, taken: 0)).ShouldBeSameAs(polled, "room alone is no reason to write a work");

        var after = Wanted(Workload("web", 1), Workload("cart", 2));
        var watched = polled.Assign(after, Budget(1, taken: 0));
        watched.Entries.Where(entry => entry.Value.Watched).Select(entry => entry.Key.Key.Name).ShouldBe(["cart"]);
        watched.Assign(after, Budget(1, taken: 5)).ShouldBeSameAs(watched);
        Scrapes(watched, after).ShouldBe(["Poll", "Watch"]);
        var quiet = watched.Assign(after, Budget(1, taken: 0) with { IsQuiet = true });
        Scrapes(quiet, after).ShouldBe(["Poll", "Poll"]);
        quiet.Entries.Values.Select(entry => entry.Number).ShouldBe(watched.Entries.Values.Select(entry => entry.Number));
    }

    private static IEnumerable<string?> Scrapes(Ledger ledger, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> wanted) =>
        WorkBuilder.Build(Guid.Empty, wanted, ledger).ShouldHaveSingleItem().Spec["manifestConfigs"]!.AsArray().Select(config => (string?)config!["feedbackScrapeType"]);

    private static Dictionary<string, IReadOnlyList<JsonObject>> Wanted(params IReadOnlyList<JsonObject> objects) => new() { ["c1"] = objects };

    private static JsonObject Workload(string name, int replicas) =>
        Objects.One($"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: {name}, namespace: {name}}}, spec: {{replicas: {replicas}}}}}");

    private static ObjectKey Deployment(string ns) => new("apps", "Deployment", ns, "web");

    private static WatchBudget Budget(int most, int taken) => new(
        most, new Dictionary<string, IReadOnlySet<WatchedKind>> { ["c1"] = Enumerable.Range(0, taken).Select(i => WatchedKind.Of(Deployment($"other{i}"))).ToHashSet() });
}
