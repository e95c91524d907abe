using System.Net;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Ordering.Tests.Orders;

/// <summary>Where an operator scope is set, customers reach only what names them.</summary>
public sealed class OwnershipTests
{
    private const string Cancellations = "/tmf-api/serviceOrdering/v4/cancelServiceOrder";

    [Fact]
    public async Task Another_customers_services_and_orders_are_as_if_they_were_not_there()
    {
        await using var front = await Front.StartAsync(("Authentication:OperatorScope", "naas.operator"));
        var specification = await front.PublishAsync(Samples.Specification());
        front.ActAs("alice");
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(specification));
        var command = (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Designed));
        var path = $"{Front.Services}/{command.ServiceId}";
        (await front.GetAsync($"{path}/revision"))["items"]!.AsArray().ShouldHaveSingleItem();

        front.ActAs("mallory");
        var modify = OrderLifeTests.Modify(command.ServiceId.ToString(), ("values.replicas", 9));
        modify["relatedParty"] = new JsonArray(new JsonObject { ["id"] = "alice", ["@referredType"] = "Individual" });
        var (_, refused) = await front.PostAsync(Front.Orders, modify);
        refused["errorMessage"]![0]!["code"]!.GetValue<string>().ShouldBe("unknown-service");
        var (_, ended) = await front.PostAsync(Front.Orders, new JsonObject
        {
            ["serviceOrderItem"] = new JsonArray(Samples.Item("1", "delete", new JsonObject { ["id"] = command.ServiceId.ToString() })),
        });
        ended["state"]!.GetValue<string>().ShouldBe("rejected");
        (await front.SendAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.SendAsync(HttpMethod.Get, $"{path}/revision")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.PatchAsync(path, Samples.Parse("""{"state":"terminated"}"""))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.PostAsync(Cancellations, new JsonObject { ["serviceOrder"] = new JsonObject { ["id"] = order["id"]!.DeepClone() } })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await front.CommandsAsync<TerminateService>()).ShouldBeEmpty();
        (await front.CommandsAsync<ChangeService>()).ShouldHaveSingleItem();

        front.ActAs("alice");
        var (status, task) = await front.PostAsync(Cancellations, new JsonObject { ["serviceOrder"] = new JsonObject { ["id"] = order["id"]!.DeepClone() } });
        status.ShouldBe(HttpStatusCode.Created);
        front.ActAs("mallory");
        (await front.SendAsync(HttpMethod.Get, $"{Cancellations}/{task["id"]}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
