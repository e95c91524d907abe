using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

public sealed class OrderRefusalTests
{
    [Fact]
    public async Task Values_that_break_a_known_specification_are_a_400_that_names_them_all()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (status, error) = await front.PostAsync(Front.Orders, Samples.Order(specification, ("values.replicas", 40), ("colour", "red"), (Samples.ChartName, "other")));
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["code"]!.GetValue<string>().ShouldBe("24");
        var message = error["message"]!.GetValue<string>();
        message.ShouldContain("serviceOrderItem[1].service.serviceCharacteristic[values.replicas]: 40 is not in [1,10]");
        message.ShouldContain("serviceCharacteristic[colour]");
        message.ShouldContain($"serviceCharacteristic[{Samples.ChartName}]");
        (await front.GetAsync(Front.Orders))["items"]!.AsArray().ShouldBeEmpty();
        (await front.GetAsync(Front.Services))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"serviceOrderItem":[]}""", "at least one item")]
    [InlineData("""{}""", "at least one item")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","service":{}}]}""", "action is missing")]
    [InlineData("""{"serviceOrderItem":[{"action":"add","service":{}}]}""", "id is missing")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"add"}]}""", "service is missing")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"modify","service":{}}]}""", "service.id is missing")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"add","service":{}},{"id":"1","action":"add","service":{}}]}""", "given to several items")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"add","service":{},"serviceOrderItem":[{"id":"1.1","action":"add"}]}]}""", "serviceOrderItem[1.1].service is missing")]
    [InlineData("""{"serviceOrderItem":[{"id":"a","action":"add","service":{},"serviceOrderItemRelationship":[{"relationshipType":"dependency","orderItem":{"itemId":"b"}}]}]}""", "which is not in the order")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"destroy","service":{}}]}""", "action")]
    [InlineData("""{"serviceOrderItem":[{"id":"1","action":"add","service":{}}],"requestedStartDate":"tomorrow"}""", "requestedStartDate")]
    public async Task A_wrong_shape_is_a_400_that_says_what_is_wrong(string order, string reason)
    {
        await using var front = await Front.StartAsync();
        var (status, error) = await front.PostAsync(Front.Orders, JsonNode.Parse(order)!);
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain(reason);
    }

    [Fact]
    public async Task A_circle_of_dependencies_is_a_400()
    {
        await using var front = await Front.StartAsync();
        var order = new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(
                Samples.Item("a", "add", new JsonObject(), "b"), Samples.Item("b", "add", new JsonObject(), "a")),
        };
        var (status, error) = await front.PostAsync(Front.Orders, order);
        status.ShouldBe(HttpStatusCode.BadRequest);
        error["message"]!.GetValue<string>().ShouldContain("itself");
    }

    [Theory]
    [InlineData(null, "missing-specification")]
    [InlineData("not-there", "unknown-specification")]
    public async Task A_specification_that_is_missing_or_unknown_is_taken_and_rejected(string? specification, string code)
    {
        await using var front = await Front.StartAsync();
        var (status, order) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        status.ShouldBe(HttpStatusCode.Created);
        order["state"]!.GetValue<string>().ShouldBe("rejected");
        order["errorMessage"]![0]!["code"]!.GetValue<string>().ShouldBe(code);
        order["serviceOrderItem"]![0]!["errorMessage"]![0]!["code"]!.GetValue<string>().ShouldBe(code);
        order["completionDate"].ShouldNotBeNull();
        (await front.EventsAsync()).Select(one => one.Type).ShouldBe(["ServiceOrderCreateEvent", "ServiceOrderStateChangeEvent", "ServiceOrderAttributeValueChangeEvent"]);
    }

    [Fact]
    public async Task One_item_that_cannot_be_rejects_the_whole_order_and_nothing_is_begun()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = Samples.Order(specification);
        order["serviceOrderItem"]!.AsArray().Add(Samples.Item("2", "delete", new JsonObject { ["id"] = Guid.NewGuid().ToString() }));
        var (status, answer) = await front.PostAsync(Front.Orders, order);
        status.ShouldBe(HttpStatusCode.Created);
        OrderLifeTests.ItemStates(answer).ShouldBe(["rejected", "rejected"]);
        (await front.CommandsAsync<ChangeService>()).ShouldBeEmpty();
        (await front.GetAsync(Front.Services))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_ended_or_was_only_recorded_cannot_be_modified()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var (_, recorded) = await front.PostAsync(Front.Services, Samples.Parse("""{"state":"active","serviceSpecification":{"id":"x"}}"""));
        var (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(recorded["id"]!.GetValue<string>(), ("a", 1)));
        order["errorMessage"]![0]!["reason"]!.GetValue<string>().ShouldContain("only recorded");

        var id = await OrderLifeTests.ActiveAsync(front, specification);
        await front.PatchAsync($"{Front.Services}/{id}", Samples.Parse("""{"state":"terminated"}"""));
        (_, order) = await front.PostAsync(Front.Orders, OrderLifeTests.Modify(id, ("values.replicas", 2)));
        order["state"]!.GetValue<string>().ShouldBe("rejected");
        order["errorMessage"]![0]!["reason"]!.GetValue<string>().ShouldContain("ending");
    }

    [Fact]
    public async Task The_same_order_with_the_same_externalId_is_taken_once()
    {
        await using var front = await Front.StartAsync();
        var specification = await front.PublishAsync(Samples.Specification());
        var order = Samples.Order(specification);
        order["externalId"] = "A-1, \"quoted\"";
        var (_, first) = await front.PostAsync(Front.Orders, order);
        var (status, second) = await front.PostAsync(Front.Orders, order.DeepClone());
        status.ShouldBe(HttpStatusCode.Created);
        second["id"]!.GetValue<string>().ShouldBe(first["id"]!.GetValue<string>());
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        order["description"] = "another";
        var (_, third) = await front.PostAsync(Front.Orders, order.DeepClone());
        third["id"]!.GetValue<string>().ShouldNotBe(first["id"]!.GetValue<string>());
    }
}
