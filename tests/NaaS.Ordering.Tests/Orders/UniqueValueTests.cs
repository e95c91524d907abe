using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>Characteristics that are unique among the services of their specification.</summary>
public sealed class UniqueValueTests
{
    [Fact]
    public async Task A_value_that_another_service_has_is_refused_until_that_service_has_ended()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Unique());
        var (_, first) = await front.PostAsync(Front.Orders, Samples.Order(specification, ("host", "a \"b\".example")));
        OrderLifeTests.State(first).ShouldBe("acknowledged");

        var (status, error) = await front.PostAsync(Front.Orders, Samples.Order(specification, ("host", "a \"b\".example")));
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("[host]: must be unique");
        (await front.PostAsync(Front.Orders, Samples.Order(specification, ("host", "c.example")))).Status.ShouldBe(HttpStatusCode.Created);

        await front.ReportAsync(Samples.Report((await front.CommandsAsync<ChangeService>())[0], 1, Rollout.Terminated, "gone"));
        (await front.PostAsync(Front.Orders, Samples.Order(specification, ("host", "a \"b\".example")))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_service_may_keep_its_value_and_not_take_anothers()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Unique());
        var a = await OrderLifeTests.ActiveAsync(front, specification, ("host", "a"));
        await OrderLifeTests.ActiveAsync(front, specification, ("host", "b"));

        var (status, error) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(a, ("host", "b")));
        status.ShouldBe(HttpStatusCode.BadRequest, error.ToJsonString());
        (await front.PostAsync(Front.Orders, OrderLifeTests.Modify(a, ("host", "a"), ("size", 2)))).Status.ShouldBe(HttpStatusCode.Created);
    }

    private static JsonObject Unique() => Samples.Parse("""
        {"name": "Unique", "version": "1", "lifecycleStatus": "Launched",
         "specCharacteristic": [{"name": "host", "valueType": "string", "isUnique": true}, {"name": "size", "valueType": "integer"}]}
        """);
}
