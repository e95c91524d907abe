using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Qualifications;

public sealed class QualificationTests
{
    private static JsonObject Asking(params JsonObject[] services) => new()
    {
        ["serviceQualificationItem"] = new JsonArray([.. services.Select(service => new JsonObject { ["service"] = service })]),
    };

    private static JsonObject Shop(string specification, params (string Name, JsonNode Value)[] characteristics) =>
        Samples.Order(specification, characteristics)["serviceOrderItem"]![0]!["service"]!.DeepClone().AsObject();

    [Fact]
    public async Task The_worker_is_asked_and_its_plan_is_the_answer()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, task) = await front.PostAsync(Front.Qualifications, Asking(Shop(specification, ("values.replicas", 3), ("values.password", "hunter2"))));
        status.ShouldBe(HttpStatusCode.Created, task.ToJsonString());
        task["state"]!.GetValue<string>().ShouldBe("inProgress");
        task.ToJsonString().ShouldNotContain("hunter2");

        var asked = (await front.UntilCommandAsync<PreviewService>()).ShouldHaveSingleItem();
        asked.ServiceId.ShouldBeNull();
        asked.ServiceName.ShouldBe("shop");
        asked.Secrets.ShouldBe(["values.password"]);
        asked.Characteristics.ShouldNotBeNull().ShouldContain(one => one.Name == "values.replicas" && one.Value == "3" && !one.IsDefault);
        asked.Characteristics!.ShouldContain(one => one.Name == Samples.ChartName && one.IsDefault);

        await front.AnswerAsync(new ServicePreviewed(asked.PreviewId, asked.ItemId, Plan(), DateTimeOffset.UtcNow));
        var done = await front.GetAsync($"{Front.Qualifications}/{asked.PreviewId}");
        done["state"]!.GetValue<string>().ShouldBe("done");
        done["qualificationResult"]!.GetValue<string>().ShouldBe("qualified");
        var plan = done["serviceQualificationItem"]![0]!["plan"]!;
        plan["digest"]!.GetValue<string>().ShouldBe("sha256:1");
        plan["component"]![0]!["cluster"]!.GetValue<string>().ShouldBe("c1");
        plan["object"]![0]!["field"]![0]!["path"]!.GetValue<string>().ShouldBe("spec.replicas");
        (await front.GetAsync(Front.Services))["items"]!.AsArray().ShouldBeEmpty();
        var events = await front.EventsAsync();
        events.ShouldContain(one => one.Type == "CheckServiceQualificationStateChangeEvent");
        events.ShouldAllBe(one => !one.Body.ToJsonString().Contains("spec.replicas", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_worker_would_refuse_and_what_the_catalogue_forbids_is_unqualified_with_the_reason()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, task) = await front.PostAsync(Front.Qualifications, Asking(Shop(specification, ("values.replicas", 40)), Shop(specification)));
        var first = task["serviceQualificationItem"]![0]!;
        first["qualificationResult"]!.GetValue<string>().ShouldBe("unqualified");
        first["eligibilityUnavailabilityReason"]![0]!["label"]!.GetValue<string>().ShouldContain("40 is not in [1,10]");

        var asked = (await front.UntilCommandAsync<PreviewService>()).ShouldHaveSingleItem();
        asked.ItemId.ShouldBe("2");
        await front.AnswerAsync(new ServicePreviewed(asked.PreviewId, "2", new(PlanOutcome.Refused) { Reason = "no cluster for web: c1: unreachable" }, DateTimeOffset.UtcNow));
        var done = await front.GetAsync($"{Front.Qualifications}/{asked.PreviewId}");
        done["qualificationResult"]!.GetValue<string>().ShouldBe("unqualified");
        done["serviceQualificationItem"]![1]!["eligibilityUnavailabilityReason"]![0]!["label"]!.GetValue<string>().ShouldContain("c1: unreachable");
    }

    [Fact]
    public async Task A_change_and_an_end_of_a_running_service_are_asked_with_all_that_would_be_wanted()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        await front.PostAsync(Front.Orders, Samples.Order(specification, ("values.password", "hunter2")));
        var made = (await front.UntilCommandAsync<ChangeService>())[0];
        var id = made.ServiceId.ToString();
        await front.PostAsync(Front.Qualifications, Asking(
            new JsonObject { ["id"] = id, ["serviceCharacteristic"] = new JsonArray(new JsonObject { ["name"] = "values.replicas", ["value"] = 5 }) },
            new JsonObject { ["id"] = id, ["state"] = "terminated" }));
        var asked = await front.UntilCommandAsync<PreviewService>();
        asked.Count.ShouldBe(2);
        asked[0].ServiceId.ShouldBe(made.ServiceId);
        asked[0].Characteristics.ShouldNotBeNull().ShouldContain(one => one.Name == "values.replicas" && one.Value == "5");
        asked[0].Characteristics!.ShouldContain(one => one.Name == "values.password" && one.Value == "hunter2");
        asked[1].Characteristics.ShouldBeNull();
        (await front.CommandsAsync<ChangeService>()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_order_may_carry_the_plans_digest_although_no_specification_lists_it()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, body) = await front.PostAsync(Front.Orders, Samples.Order(specification, ("Plan digest", "sha256:1")));
        status.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        (await front.UntilCommandAsync<ChangeService>())[0].Characteristics.ShouldContain(one => one.Name == "Plan digest" && one.Value == "sha256:1");
    }

    private static ServicePlan Plan() => new(PlanOutcome.Create)
    {
        Digest = "sha256:1",
        ChartVersion = "0.0.1",
        Components = [new("Deployment", "shop", "web", "c1", null, "the only cluster that satisfies its rules")],
        Objects = [new(PlannedAction.Change, "c1", "Deployment", "shop", "web", [new("spec.replicas", "1", "3")])],
    };
}
