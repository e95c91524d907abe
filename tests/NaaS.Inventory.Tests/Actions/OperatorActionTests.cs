using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests.Actions;

public sealed class OperatorActionTests
{
    private const string Actions = "/tmf-api/serviceInventory/v4/operatorAction";

    [Fact]
    public async Task A_roll_back_is_sent_to_the_worker_recorded_and_its_values_are_shown_when_it_is_good()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front, null, ("values.replicas", 2));
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4)) });
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(change, 2, Rollout.Good));

        var (status, action) = await front.PostAsync(Actions, Action("rollback", command.ServiceId, 1, "4 are too many"));
        status.ShouldBe(HttpStatusCode.Created, action.ToJsonString());
        action["by"]!.GetValue<string>().ShouldBe("anonymous");
        action["at"].ShouldNotBeNull();
        var back = (await front.CommandsAsync<RollBackService>()).ShouldHaveSingleItem();
        back.Revision.ShouldBe(1);
        back.Sequence.ShouldBe(change.Sequence + 1);
        back.Cause.ShouldBe(new Cause(CauseKind.Operator, action["id"]!.GetValue<string>()) { Trace = back.Cause.Trace.ShouldNotBeNull() });
        (await front.GetAsync($"{Actions}/{action["id"]}"))["reason"]!.GetValue<string>().ShouldBe("4 are too many");

        var good = Samples.Report(change, 3, Rollout.Good) with { Sequence = back.Sequence, Revision = 3, Cause = back.Cause, InForce = command.Characteristics };
        await front.ReportAsync(good);
        Samples.Value(await front.GetAsync(path), "values.replicas").ShouldBe("2");
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 3)) });
        (await front.CommandsAsync<ChangeService>())[^1].Sequence.ShouldBe(back.Sequence + 1);
    }

    [Fact]
    public async Task Hold_resume_abort_and_retry_fit_what_is_going_on()
    {
        await using var front = await Front.StartAsync();
        var (path, command) = await Road.ActiveAsync(front, null, ("values.replicas", 2));
        (await front.PostAsync(Actions, Action("abort", command.ServiceId))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await front.PostAsync(Actions, Action("retry", command.ServiceId))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await front.PostAsync(Actions, Action("hold", command.ServiceId))).Status.ShouldBe(HttpStatusCode.Created);
        (await front.PostAsync(Actions, Action("resume", command.ServiceId))).Status.ShouldBe(HttpStatusCode.Created);
        await front.PatchAsync(path, new JsonObject { ["serviceCharacteristic"] = Samples.Values(("values.replicas", 4)) });
        var change = (await front.CommandsAsync<ChangeService>())[^1];
        await front.ReportAsync(Samples.Report(change, 2, Rollout.Delivered));
        (await front.PostAsync(Actions, Action("abort", command.ServiceId, reason: "wrong"))).Status.ShouldBe(HttpStatusCode.Created);
        (await front.CommandsAsync<SteerRollout>()).Select(steer => (steer.Steering, steer.Revision)).ShouldBe(
            [(Steering.Hold, 0), (Steering.Resume, 0), (Steering.Abort, (int)change.Sequence)]);
        await front.ReportAsync(Samples.Report(change, 3, Rollout.Failed, "given up") with { InForce = command.Characteristics });
        (await front.PostAsync(Actions, Action("retry", command.ServiceId))).Status.ShouldBe(HttpStatusCode.Created);
        (await front.CommandsAsync<RetryService>()).ShouldHaveSingleItem().Sequence.ShouldBe(change.Sequence + 1);
    }

    [Fact]
    public async Task A_cluster_is_evacuated_and_opened_and_what_makes_no_sense_is_refused()
    {
        await using var front = await Front.StartAsync();
        (await front.PostAsync(Actions, new JsonObject { ["action"] = "evacuate", ["cluster"] = "c1" })).Status.ShouldBe(HttpStatusCode.Created);
        (await front.PostAsync(Actions, new JsonObject { ["action"] = "open", ["cluster"] = "c1" })).Status.ShouldBe(HttpStatusCode.Created);
        (await front.CommandsAsync<EvacuateCluster>()).ShouldBe([new("c1", true), new("c1", false)]);
        (await front.PostAsync(Actions, new JsonObject { ["action"] = "explode" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await front.PostAsync(Actions, new JsonObject { ["action"] = "evacuate" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await front.PostAsync(Actions, Action("rollback", Guid.NewGuid(), 1))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.GetAsync(Actions))["items"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Components_tell_which_others_they_call_through_which_service_and_on_which_way()
    {
        await using var front = await Front.StartAsync();
        var (_, command) = await Road.OrderedAsync(front);
        var report = Samples.Report(command, 1, Rollout.Good);
        var (web, db) = (report.Components[0], report.Components[1]);
        await front.ReportAsync(report with { Components = [web with { Calls = [new(db.Id, "db", CallPath.Clusterset)] }, db], CutLinks = ["web is cut off"] });
        var related = (await front.GetAsync($"{Front.Services}/{web.Id}"))["serviceRelationship"]!.AsArray();
        related.Select(one => one!["relationshipType"]!.GetValue<string>()).ShouldBe(["supports", "calls"]);
        related[1]!["service"]!["id"]!.GetValue<string>().ShouldBe(db.Id.ToString());
        related[1]!["serviceRelationshipCharacteristic"]!.AsArray().Select(one => one!["value"]!.GetValue<string>()).ShouldBe(["db", "clusterset"]);
        Samples.Value(await front.GetAsync($"{Front.Services}/{command.ServiceId}"), "status.cutLinks").ShouldNotBeNull().ShouldContain("web is cut off");
    }

    private static JsonObject Action(string action, Guid service, int? revision = null, string? reason = null)
    {
        var body = new JsonObject { ["action"] = action, ["service"] = new JsonObject { ["id"] = service.ToString() } };
        if (revision is { } number)
        {
            body["revision"] = number;
        }

        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return body;
    }
}
