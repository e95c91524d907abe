using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.Standalone.Demo;

/// <summary>
/// Orders and changes services as OpenSlice's order manager (OSOM) does with a partner: the same paths, the same bodies, nulls included.
/// </summary>
internal sealed class Osom(HttpClient http)
{
    private const string Orders = "tmf-api/serviceOrdering/v4/serviceOrder";
    private const string Services = "tmf-api/serviceInventory/v4/service";
    private static readonly string[] Ended = ["COMPLETED", "FAILED", "REJECTED", "CANCELLED", "PARTIAL"];

    public Task<JsonNode> OrderAsync(JsonNode specification, IReadOnlyDictionary<string, string> characteristics, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Orders, OsomPayloads.Order(specification, characteristics), cancellationToken);

    public Task<JsonNode> GetOrderAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{Orders}/{id}", null, cancellationToken);

    public Task<JsonNode> GetServiceAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{Services}/{id}", null, cancellationToken);

    /// <summary>Sends all characteristics of the service with some changed, as OSOM does after a customer turned a knob.</summary>
    public async Task<JsonNode> ChangeAsync(string id, IReadOnlyDictionary<string, string> changes, CancellationToken cancellationToken)
    {
        var service = await GetServiceAsync(id, cancellationToken);
        return await SendAsync(HttpMethod.Patch, $"{Services}/{id}", OsomPayloads.ServicePatch(service, changes), cancellationToken);
    }

    /// <summary>Sends the order back with every item modified to end its service.</summary>
    public async Task<JsonNode> EndAsync(string orderId, CancellationToken cancellationToken)
    {
        var order = await GetOrderAsync(orderId, cancellationToken);
        return await SendAsync(HttpMethod.Patch, $"{Orders}/{orderId}", OsomPayloads.OrderEnd(order), cancellationToken);
    }

    /// <summary>Polls the order, faster than OpenSlice's minute, until it has ended; anything but COMPLETED is an error with the order's notes.</summary>
    public async Task<JsonNode> UntilCompletedAsync(string orderId, TimeSpan interval, CancellationToken cancellationToken)
    {
        while (true)
        {
            var order = await GetOrderAsync(orderId, cancellationToken);
            var state = (string?)order["state"];
            if (Array.IndexOf(Ended, state) >= 0)
            {
                return state == "COMPLETED" ? order : throw new StepFailedException($"order is {state}: {Notes(order)}");
            }

            await Task.Delay(interval, cancellationToken);
        }
    }

    public static string Notes(JsonNode resource) =>
        string.Join("; ", (resource["note"] as JsonArray ?? []).Select(note => (string?)note?["text"]));

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new StepFailedException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
