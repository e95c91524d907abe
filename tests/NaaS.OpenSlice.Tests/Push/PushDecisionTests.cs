using System.Text.Json.Nodes;
using NaaS.OpenSlice.Push;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Push;

/// <summary>What OpenSlice is told, and what it is not.</summary>
public sealed class PushDecisionTests
{
    [Fact]
    public void What_is_the_same_is_not_told() => PushDecision.Of(Service("active", ("knob", "1")), Service("active", ("knob", "1")), null).ShouldBeNull();

    [Fact]
    public void A_state_and_what_only_we_say_are_told()
    {
        var patch = PushDecision.Of(Service("active", ("status.rollout", "good"), ("knob", "1")), Service("reserved", ("status.rollout", "placed"), ("knob", "1")), null)!;

        patch["state"]!.ToString().ShouldBe("active");
        Names(patch).ShouldBe(["status.rollout"]);
    }

    [Fact]
    public void A_knob_that_we_changed_is_told_where_OpenSlice_still_shows_the_old_value() =>
        Names(PushDecision.Of(Service("active", ("knob", "2")), Service("active", ("knob", "1")), Service("active", ("knob", "1")))!).ShouldBe(["knob"]);

    [Fact]
    public void A_knob_that_the_customer_changed_meanwhile_is_left_alone()
    {
        // The customer's 5 is on its way to us; whether we changed too does not matter.
        PushDecision.Of(Service("active", ("knob", "1")), Service("active", ("knob", "5")), Service("active", ("knob", "1"))).ShouldBeNull();
        PushDecision.Of(Service("active", ("knob", "2")), Service("active", ("knob", "5")), Service("active", ("knob", "1"))).ShouldBeNull();
        PushDecision.Of(Service("active", ("knob", "1")), Service("active", ("knob", "5")), null).ShouldBeNull();
    }

    [Fact]
    public void A_service_that_ended_in_OpenSlice_is_not_brought_back() =>
        PushDecision.Of(Service("active"), Service("terminated"), null).ShouldBeNull();

    private static JsonObject Service(string state, params (string Name, string Value)[] characteristics) =>
        new() { ["state"] = state, ["category"] = "CustomerFacingService", ["serviceCharacteristic"] = Samples.Values(characteristics) };

    private static IEnumerable<string> Names(JsonObject patch) => patch["serviceCharacteristic"]!.AsArray().Select(one => one!["name"]!.ToString());
}
