using System.Text.Json.Nodes;
using NaaS.Sandbox.Controllers.Reading;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers.Placements;

/// <summary>Each recorded Placement gets the status and the decisions that the real controller gave it.</summary>
public sealed class RecordedPlacementTests
{
    [Theory]
    [InlineData("01-matching-all")]
    [InlineData("02-namespace-without-binding")]
    [InlineData("03-none-matching")]
    [InlineData("04-one-of-two")]
    [InlineData("05-three-wanted-two-match")]
    [InlineData("06-clusterset-not-bound")]
    [InlineData("07-claim-selector")]
    [InlineData("08-cel-selector")]
    [InlineData("09-two-predicates-are-ored")]
    [InlineData("10-misconfigured-toleration")]
    [InlineData("11-misconfigured-cel")]
    [InlineData("12-misconfigured-operator")]
    [InlineData("13-misconfigured-prioritizer")]
    [InlineData("14b-number-zero")]
    [InlineData("50-prioritizer-memory")]
    [InlineData("51-prioritizer-memory-negative-weight")]
    [InlineData("56-addon-score-missing")]
    [InlineData("57-spread-policy")]
    [InlineData("57b-spread-prioritizer")]
    [InlineData("58-sortBy-Score")]
    [InlineData("59-decision-groups")]
    [InlineData("62-clusterset-global")]
    public async Task A_placement_ends_as_recorded(string file)
    {
        var recorded = Recorded.Read($"placement/{file}.json");
        await using var hub = await RecordedHub.StartAsync();
        var wanted = recorded["placement"]!;
        var placement = Kinds.Placements.New(wanted.Namespace(), wanted.Name());
        placement["spec"] = wanted["spec"]!.DeepClone();

        hub.Hub.Create(Kinds.Placements, placement);

        await hub.UntilSame(() => Recorded.Normal(hub.Read(Kinds.Placements, wanted.Namespace(), wanted.Name())!["status"]), Recorded.Normal(wanted["status"]));
        await hub.UntilSame(() => Decisions(hub, wanted), string.Join('\n', recorded.Items("decisions").Select(Comparable)));
    }

    [Theory]
    [InlineData("60-scheduling-disabled-annotation", "placement")]
    [InlineData("61-name-of-70-characters", null)]
    public async Task Some_placements_are_never_scheduled(string file, string? part)
    {
        var recorded = Recorded.Read($"placement/{file}.json");
        var wanted = part is null ? recorded : recorded[part]!;
        await using var hub = await RecordedHub.StartAsync();
        var placement = Kinds.Placements.New("orch", wanted.Name());
        placement["spec"] = wanted["spec"]!.DeepClone();
        placement["metadata"]!["annotations"] = wanted.At("metadata", "annotations")?.DeepClone();

        hub.Hub.Create(Kinds.Placements, placement);
        hub.Place("afterwards", "{}");

        await hub.UntilDecided("afterwards", "cluster1", "cluster2", "cluster3");
        hub.Read(Kinds.Placements, "orch", wanted.Name())!.ContainsKey("status").ShouldBeFalse();
        hub.Decided(wanted.Name()).ShouldBeEmpty();
    }

    private static string Decisions(SimulatedHub hub, JsonNode placement) => string.Join('\n', hub.Hub
        .List(Kinds.PlacementDecisions, placement.Namespace(), LabelSelector.Parse($"cluster.open-cluster-management.io/placement={placement.Name()}"))
        .Read().Select(Comparable));

    private static string Comparable(JsonNode decision) => Recorded.Normal(decision);
}
