using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.Testing;

namespace NaaS.Inventory.Tests;

/// <summary>A service on its way, with its commands and reports.</summary>
internal static class Road
{
    /// <summary>Orders a service and reports it good.</summary>
    public static async Task<(string Path, ChangeService Command)> ActiveAsync(Front front, JsonObject? specification = null, params (string, JsonNode)[] characteristics)
    {
        var (path, command) = await OrderedAsync(front, specification, characteristics);
        await front.ReportAsync(Samples.Report(command, 1, Rollout.Good));
        return (path, command);
    }

    /// <summary>Orders a service.</summary>
    public static async Task<(string Path, ChangeService Command)> OrderedAsync(Front front, JsonObject? specification = null, params (string, JsonNode)[] characteristics)
    {
        var id = await front.PublishAsync(specification ?? Samples.Specification());
        var (_, order) = await front.PostAsync(Front.Orders, Samples.Order(id, characteristics));
        order["state"]!.GetValue<string>().ShouldBe("acknowledged", order.ToJsonString());
        var command = (await front.CommandsAsync<ChangeService>())[^1];
        return ($"{Front.Services}/{command.ServiceId}", command);
    }

    public static List<string> Notes(JsonObject service) => [.. (service["note"] as JsonArray ?? []).Select(note => note!["text"]!.GetValue<string>())];
}
