using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.OpenSlice;

/// <summary>On OpenSlice's path nothing that has to do with business is an HTTP error: that would hang the customer's order there.</summary>
public sealed class OpenSliceRefusalTests
{
    [Fact]
    public async Task Checks_17_and_22_An_order_for_an_unknown_specification_is_rejected_with_a_note_and_nothing_is_made()
    {
        await using var front = await Front.StartAsync();
        var order = await PostAsync(front, Samples.OpenSliceOrder("3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01"));
        ShouldBeRejected(order, "no service specification 3f7a1c52");
        OpenSliceRoadTests.Named(order).ShouldBeEmpty();
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
        (await front.GetAsync(Front.Services))["items"]!.AsArray().ShouldBeEmpty();
        (await front.GetAsync(OpenSliceRoadTests.Path(order)))["state"]!.GetValue<string>().ShouldBe("REJECTED");
    }

    [Theory]
    [InlineData("values.replicas", "40", "values.replicas: 40 is not in [1,10]")]
    [InlineData("values.replicas", "many", "values.replicas: many is not a whole number")]
    [InlineData("Cluster Manager", "karmada", "Cluster Manager: karmada is not one of ocm")]
    [InlineData(Samples.VersionName, "newest", "neither a version nor a SemVer range")]
    [InlineData(Samples.ValuesName, "abcde", "neither YAML nor base64")]
    [InlineData(Samples.ValuesName, "YTogYjogYw==", "is not YAML")]
    [InlineData(Samples.PlacementName, "kind: Deployment", "neither a P2CodeSchedulingManifest nor a Placement")]
    public async Task A_value_that_the_door_can_judge_rejects_the_order_and_names_the_characteristic(string name, string value, string reason)
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        ShouldBeRejected(await PostAsync(front, Samples.OpenSliceOrder(specification, (name, value))), reason);
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_without_items_and_an_item_without_service_are_rejected()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var empty = Samples.OpenSliceOrder(specification);
        empty["orderItem"] = new JsonArray();
        ShouldBeRejected(await PostAsync(front, empty), "at least one item");

        var bare = Samples.OpenSliceOrder(specification);
        bare["orderItem"]![0]!["service"] = null;
        ShouldBeRejected(await PostAsync(front, bare), "service is missing");
    }

    [Fact]
    public async Task A_completion_date_that_has_passed_ends_no_service_on_arrival_and_is_noted()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var late = Samples.OpenSliceOrder(specification);
        late["requestedCompletionDate"] = "2020-01-01T00:00:00Z";

        var order = await PostAsync(front, late);

        order["state"]!.GetValue<string>().ShouldBe("ACKNOWLEDGED");
        Notes(order).ShouldContain(note => note.Contains("requestedCompletionDate has passed"));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        await front.UntilAsync($"{Front.OpenSliceServices}/{command.ServiceId}", service => service["state"]!.GetValue<string>() == "active");
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_specification_that_is_not_on_sale_rejects_the_order()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification("In design"));
        ShouldBeRejected(await PostAsync(front, Samples.OpenSliceOrder(specification)), "only Active and Launched ones");
    }

    [Fact]
    public async Task Check_16_Characteristics_that_nobody_needs_are_left_aside_with_a_note()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = await PostAsync(front, Samples.OpenSliceOrder(specification, ("siteA", "PAT-01"), ("EXEC_ACTION", "x"), (Samples.ChartName, "other")));
        order["state"]!.GetValue<string>().ShouldBe("ACKNOWLEDGED");
        Notes(order).ShouldContain(note => note.Contains("siteA") && note.Contains("EXEC_ACTION") && note.Contains(Samples.ChartName));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        command.Characteristics.ShouldContain(one => one.Name == Samples.ChartName && one.Value == "cms-ocm");
        command.Characteristics.ShouldNotContain(one => one.Name == "siteA");
    }

    [Fact]
    public async Task A_refusal_by_the_worker_fails_the_order_with_its_reason_and_ends_the_service()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = await PostAsync(front, Samples.OpenSliceOrder(specification));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Failed, "There is no chart cms-ocm 9.9.9"));
        var failed = await front.GetAsync(OpenSliceRoadTests.Path(order));
        failed["state"]!.GetValue<string>().ShouldBe("FAILED");
        Notes(failed).ShouldContain("There is no chart cms-ocm 9.9.9");
        (await front.GetAsync($"{Front.OpenSliceServices}/{command.ServiceId}"))["state"]!.GetValue<string>().ShouldBe("terminated");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("%20")]
    public async Task Check_32_Senseless_ids_are_answered_at_once_with_a_4xx(string id)
    {
        await using var front = await Front.StartAsync();
        foreach (var path in (string[])[Front.OpenSliceOrders, Front.OpenSliceServices])
        {
            var (status, _) = await front.SendAsync(HttpMethod.Get, $"{path}/{id}");
            ((int)status).ShouldBeInRange(400, 499);
        }
    }

    private static async Task<JsonObject> PostAsync(Front front, JsonObject order)
    {
        var (status, body) = await front.PostAsync(Front.OpenSliceOrders, order);
        status.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        return body;
    }

    private static void ShouldBeRejected(JsonObject order, string reason)
    {
        order["state"]!.GetValue<string>().ShouldBe("REJECTED");
        order["orderItem"]!.AsArray().ShouldAllBe(item => item!["state"]!.GetValue<string>() == "REJECTED");
        Notes(order).ShouldContain(note => note.Contains(reason, StringComparison.Ordinal), string.Join("; ", Notes(order)));
    }

    private static List<string> Notes(JsonObject order) => [.. order["note"]!.AsArray().Select(note => note!["text"]!.GetValue<string>())];
}
