using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Reads again and again, as OpenSlice does, until something is so.</summary>
internal sealed class Polling(OsomClient client, CheckOptions options, TimeProvider clock)
{
    /// <summary>Reads an order until it is reached; running out of patience fails the check of that number.</summary>
    public Task<JsonObject> OrderAsync(string id, Func<int> number, Func<JsonObject, bool> reached, CancellationToken cancellationToken) =>
        UntilAsync(() => client.GetOrderAsync(id, cancellationToken), number, reached, options.Patience, cancellationToken);

    /// <summary>The same with a service.</summary>
    public Task<JsonObject> ServiceAsync(string id, int number, Func<JsonObject, bool> reached, TimeSpan patience, CancellationToken cancellationToken) =>
        UntilAsync(() => client.GetServiceAsync(id, cancellationToken), () => number, reached, patience, cancellationToken);

    /// <summary>Reads an order's services until all are terminated.</summary>
    public async Task TerminatedAsync(JsonObject order, int number, CancellationToken cancellationToken)
    {
        foreach (var service in Supporting(order))
        {
            await ServiceAsync(service, number, one => (string?)one["state"] == "terminated", options.Patience, cancellationToken);
        }
    }

    /// <summary>Ids of the services that an order names.</summary>
    public static IReadOnlyList<string> Supporting(JsonObject order) =>
        [.. order["orderItem"]!.AsArray().SelectMany(item => item!["service"]!["supportingService"]!.AsArray()).Select(one => (string)one!["id"]!)];

    /// <summary>What the notes of an order or service say.</summary>
    public static string Notes(JsonObject resource) => string.Join("; ", (resource["note"] as JsonArray ?? []).Select(note => (string?)note?["text"]));

    private async Task<JsonObject> UntilAsync(
        Func<Task<JsonObject>> read, Func<int> number, Func<JsonObject, bool> reached, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var resource = await read();
            if (reached(resource))
            {
                return resource;
            }

            Unless(number(), clock.GetElapsedTime(started) < patience, $"{resource["id"]} is still {resource["state"]} after {patience}: {Notes(resource)}");
            await Task.Delay(options.Interval, clock, cancellationToken);
        }
    }
}
