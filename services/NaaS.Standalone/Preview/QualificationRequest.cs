using System.Text.Json;
using System.Text.Json.Nodes;

namespace NaaS.Standalone.Preview;

/// <summary>A TMF641 order as the TMF645 request that asks what it would do.</summary>
internal static class QualificationRequest
{
    public static async Task<JsonObject> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new PreviewException($"{file.FullName} is not there");
        }

        try
        {
            return Of(JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken)) as JsonObject ?? throw new PreviewException("the order is no JSON object"));
        }
        catch (JsonException exception)
        {
            throw new PreviewException($"the order is no JSON: {exception.Message}");
        }
    }

    /// <summary>An item of the qualification for each item that does something.</summary>
    public static JsonObject Of(JsonObject order)
    {
        var items = order["serviceOrderItem"] as JsonArray ?? order["orderItem"] as JsonArray ?? throw new PreviewException("the order has no serviceOrderItem");
        return new()
        {
            ["serviceQualificationItem"] = new JsonArray([.. items.OfType<JsonObject>().Where(item => (string?)item["action"] != "noChange").Select(Item)]),
        };
    }

    private static JsonObject Item(JsonObject item)
    {
        var service = item["service"]?.DeepClone() as JsonObject ?? throw new PreviewException("an item of the order has no service");
        service.Remove("state");
        switch ((string?)item["action"])
        {
            case "delete":
                service["state"] = "terminated";
                break;
            case "add":
                service.Remove("id");
                break;
            case "modify":
                break;
            case var action:
                throw new PreviewException($"'{action}' is no action of an order: add, modify, delete or noChange");
        }

        return new() { ["id"] = item["id"]?.DeepClone(), ["service"] = service };
    }
}
