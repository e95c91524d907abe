using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.OpenSlice;

/// <summary>The very payloads that OpenSlice's classes write.</summary>
public sealed class OpenSlicePayloadTests
{
    [Fact]
    public async Task OpenSlices_own_order_change_and_order_patch_are_taken_as_they_are()
    {
        var (order, patch, end) = (Reference.Json("openslice", "01-order-post-from-osom.json"), Reference.Json("openslice", "03-service-patch-from-osom.json"), Reference.Json("openslice", "04-order-patch-from-osom-proxy-or-terminate.json"));
        order["requestedCompletionDate"] = DateTimeOffset.UtcNow.AddDays(30).ToString("O");
        order["requestedStartDate"] = DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm'Z'");
        await using var front = await Front.StartAsync();
        var specification = Reference.Json("openslice", "02a-catalog-serviceSpecification-by-id.json");
        specification["serviceSpecCharacteristic"]!.AsArray().Add(Samples.Parse("""{"name":"siteA","valueType":"TEXT"}"""));
        await front.PublishAsync(specification);

        var (status, accepted) = await front.PostAsync(Front.OpenSliceOrders, order);
        status.ShouldBe(HttpStatusCode.Created);
        accepted["state"]!.GetValue<string>().ShouldBe("ACKNOWLEDGED");
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        command.Characteristics.Select(one => (one.Name, one.Value)).ShouldBe([("bandwidth", "100"), ("siteA", "PAT-01")]);
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));

        (status, var service) = await front.PatchAsync($"{Front.OpenSliceServices}/{command.ServiceId}", patch);
        status.ShouldBe(HttpStatusCode.OK);
        Samples.Value(service, "bandwidth").ShouldBe("200");
        (await front.CommandsAsync<ChangeService>()).Count.ShouldBe(2);

        end["orderItem"]![0]!["id"] = accepted["orderItem"]![0]!["id"]!.DeepClone();
        (status, var patched) = await front.PatchAsync(OpenSliceRoadTests.Path(accepted), end);
        status.ShouldBe(HttpStatusCode.OK);
        patched["state"]!.GetValue<string>().ShouldBe("COMPLETED");
        (await front.CommandsAsync<TerminateService>()).ShouldHaveSingleItem().ServiceId.ShouldBe(command.ServiceId);
    }

    [Fact]
    public async Task OpenSlices_own_order_is_understood_on_the_standard_path_too()
    {
        var order = Reference.Json("openslice", "01-order-post-from-osom.json");
        order["orderItem"]![0]!["id"] = "1";
        await using var front = await Front.StartAsync();
        var (status, answer) = await front.PostAsync(Front.Orders, order);
        status.ShouldBe(HttpStatusCode.Created, answer.ToJsonString());
        answer["state"]!.GetValue<string>().ShouldBe("rejected");
        answer["errorMessage"]![0]!["code"]!.GetValue<string>().ShouldBe("unknown-specification");
    }
}
