using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>The life of an order and its services: ordered, followed, changed, echoed, ended; another that ends by its date; a third that is refused.</summary>
internal sealed class LifeChecks(OsomClient client, CheckList list, CheckOptions options, TimeProvider clock)
{
    private const string Unneeded = "naas-check-unneeded";
    private static readonly int[] Life = [18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 33];
    private static readonly string[] Ended = ["COMPLETED", "FAILED", "REJECTED", "CANCELLED", "PARTIAL"];
    private static readonly TimeSpan OneSync = TimeSpan.FromSeconds(30);

    public async Task RunAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        await list.RunAsync([17, 22], () => RefusedAsync(specification, cancellationToken));
        JsonObject order = [];
        var taken = await list.RunAsync([14, 15, 16], async () =>
        {
            order = await client.OrderAsync(Order(specification), cancellationToken);
            Unless((string?)order["state"] != "REJECTED", $"the order was rejected: {Notes(order)}");
            return $"order {order["id"]} is {order["state"]}";
        });
        if (!taken || !await list.RunAsync([18, 19, 20, 21], () => CompletedAsync((string)order["id"]!, cancellationToken)))
        {
            list.Leave(Life.Append(31), "the order did not complete");
            return;
        }

        order = await client.GetOrderAsync((string)order["id"]!, cancellationToken);
        await ServiceAsync(order, cancellationToken);
        await list.RunAsync([24, 30], () => EndAsync(order, cancellationToken));
        await list.RunAsync([31], () => EndsByItselfAsync(specification, cancellationToken));
    }

    private JsonObject Order(JsonObject specification, DateTimeOffset? end = null)
    {
        var order = OsomPayloads.Order(specification, options.Characteristics, end);
        order["orderItem"]![0]!["service"]!["serviceCharacteristic"]!.AsArray().Add(
            new JsonObject { ["uuid"] = null, ["value"] = "abc", ["@baseType"] = "BaseEntity", ["name"] = Unneeded, ["valueType"] = "string" });
        return order;
    }

    private async Task<string> RefusedAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        var unknown = specification.DeepClone();
        unknown["id"] = Guid.NewGuid().ToString();
        var order = await client.OrderAsync(OsomPayloads.Order(unknown, options.Characteristics), cancellationToken);
        order = await UntilAsync(() => client.GetOrderAsync((string)order["id"]!, cancellationToken), one => Ended.Contains((string?)one["state"]), cancellationToken);
        Unless((string?)order["state"] is "REJECTED" or "FAILED", $"an order of a specification that is not there is {order["state"]}");
        var why = Notes(order);
        Unless(order["note"] is JsonArray { Count: > 1 }, "no note says why the order was refused");
        return $"{order["state"]}: {why}";
    }

    private async Task<string> CompletedAsync(string id, CancellationToken cancellationToken)
    {
        var states = new List<string>();
        var started = clock.GetTimestamp();
        var order = await UntilAsync(() => client.GetOrderAsync(id, cancellationToken), one => Followed(one, states), cancellationToken);
        Unless((string?)order["state"] == "COMPLETED", $"the order is {order["state"]}: {Notes(order)}");
        var services = Supporting(order);
        Unless(services.Count > 0, "the completed order names no supporting service");
        foreach (var service in services)
        {
            var state = (string?)(await client.GetServiceAsync(service, cancellationToken))["state"];
            Unless(state == "active", $"the order is COMPLETED while service {service} is {state}");
        }

        return $"{string.Join(", ", states)} in {clock.GetElapsedTime(started).TotalSeconds:F1} s; {services.Count} services, all active";
    }

    private static bool Followed(JsonObject order, List<string> states)
    {
        var state = (string)order["state"]!;
        Unless(state != "HELD", "the state HELD means nothing to OpenSlice");
        if (states.LastOrDefault() != state)
        {
            states.Add(state);
        }

        return Ended.Contains(state);
    }

    private async Task ServiceAsync(JsonObject order, CancellationToken cancellationToken)
    {
        var id = Supporting(order)[0];
        await list.RunAsync([23, 33], async () =>
        {
            foreach (var one in Supporting(order))
            {
                CheckService(await client.GetServiceAsync(one, cancellationToken));
            }

            return "as needed";
        });
        await list.RunAsync([25], () => CheapAsync(id, cancellationToken));
        await list.RunAsync([27, 29], () => UnchangedAsync(id, cancellationToken));
        if (options.Change is { } change)
        {
            await list.RunAsync([26, 28], () => ChangedAsync(id, change, cancellationToken));
        }
        else
        {
            list.Leave([26, 28], "needs a characteristic to change");
        }

        await list.RunAsync([30], async () =>
        {
            var echoed = await client.PatchOrderAsync((string)order["id"]!, OsomPayloads.OrderEcho(order), cancellationToken);
            var states = await Task.WhenAll(Supporting(echoed).Select(one => client.GetServiceAsync(one, cancellationToken)));
            Unless(states.All(one => (string?)one["state"] == "active"), "an echoed order ended a service");
            return "an echo changes nothing";
        });
    }

    private static void CheckService(JsonObject service)
    {
        Unless((string?)service["uuid"] == (string?)service["id"], $"uuid {service["uuid"]} is not id {service["id"]}");
        Unless(service["name"] is not null, "a service has no name");
        Unless(
            (string?)service["category"] is "CustomerFacingService" or "ResourceFacingService" or "CustomerFacingServiceSpecification" or "ResourceFacingServiceSpecification",
            $"category is {service["category"]}");
        Unless(service["serviceSpecification"]?["id"] is not null && service["serviceSpecification"]?["name"] is not null, "its specification lacks id or name");
        foreach (var name in service["serviceCharacteristic"]!.AsArray().Select(one => (string?)one!["name"] ?? ""))
        {
            Unless(
                !name.Contains("::", StringComparison.Ordinal) && name is not ("EXEC_ACTION" or "externalPartnerServiceId" or "externalServiceOrderId"),
                $"the name {name} is OpenSlice's own");
        }
    }

    private async Task<string> CheapAsync(string id, CancellationToken cancellationToken)
    {
        const int Times = 20;
        var first = await client.GetServiceAsync(id, cancellationToken);
        var started = clock.GetTimestamp();
        for (var time = 0; time < Times; time++)
        {
            Unless(JsonNode.DeepEquals(first, await client.GetServiceAsync(id, cancellationToken)), "reading it again shows another service");
        }

        return $"{Times} reads, {clock.GetElapsedTime(started).TotalMilliseconds / Times:F0} ms each with its token";
    }

    private async Task<string> UnchangedAsync(string id, CancellationToken cancellationToken)
    {
        var before = await client.GetServiceAsync(id, cancellationToken);
        var answer = await client.PatchServiceAsync(id, OsomPayloads.ServicePatch(before, new Dictionary<string, string>()), cancellationToken);
        var after = await client.GetServiceAsync(id, cancellationToken);
        Unless((string?)answer["state"] == "active", $"it answered with state {answer["state"]}");
        Unless(JsonNode.DeepEquals(before["serviceCharacteristic"], after["serviceCharacteristic"]), "unchanged values changed the service");
        return "nothing changed";
    }

    private async Task<string> ChangedAsync(string id, KeyValuePair<string, string> change, CancellationToken cancellationToken)
    {
        var before = await client.GetServiceAsync(id, cancellationToken);
        var answer = await client.PatchServiceAsync(id, OsomPayloads.ServicePatch(before, new Dictionary<string, string> { [change.Key] = change.Value }), cancellationToken);
        Unless(Names(answer).IsSupersetOf(Names(before)), "the answer lacks characteristics");
        var started = clock.GetTimestamp();
        while (Value(await client.GetServiceAsync(id, cancellationToken), change.Key) != change.Value)
        {
            Unless(clock.GetElapsedTime(started) < OneSync, $"{change.Key} does not show {change.Value}: {Notes(answer)}");
            await Task.Delay(options.Interval, clock, cancellationToken);
        }

        return $"{change.Key} shows {change.Value} after {clock.GetElapsedTime(started).TotalSeconds:F1} s";
    }

    private async Task<string> EndAsync(JsonObject order, CancellationToken cancellationToken)
    {
        var current = await client.GetOrderAsync((string)order["id"]!, cancellationToken);
        await client.PatchOrderAsync((string)order["id"]!, OsomPayloads.OrderEnd(current), cancellationToken);
        await TerminatedAsync(order, cancellationToken);
        await client.GetOrderAsync((string)order["id"]!, cancellationToken);
        return "ended as asked, and still readable";
    }

    private async Task<string> EndsByItselfAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        // Late enough that it is running by then, soon enough to wait for.
        var end = clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        var order = await client.OrderAsync(Order(specification, end), cancellationToken);
        await TerminatedAsync(order, cancellationToken);
        var late = clock.GetUtcNow() - end;
        Unless(late > TimeSpan.Zero, $"it ended {-late.TotalSeconds:F0} s before its date");
        return $"ended {late.TotalSeconds:F0} s after its date";
    }

    private async Task TerminatedAsync(JsonObject order, CancellationToken cancellationToken)
    {
        foreach (var service in Supporting(await client.GetOrderAsync((string)order["id"]!, cancellationToken)))
        {
            await UntilAsync(() => client.GetServiceAsync(service, cancellationToken), one => (string?)one["state"] == "terminated", cancellationToken);
        }
    }

    private async Task<JsonObject> UntilAsync(Func<Task<JsonObject>> read, Func<JsonObject, bool> reached, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            var resource = await read();
            if (reached(resource))
            {
                return resource;
            }

            Unless(clock.GetElapsedTime(started) < options.Patience, $"{resource["id"]} is still {resource["state"]} after {options.Patience}");
            await Task.Delay(options.Interval, clock, cancellationToken);
        }
    }

    private static List<string> Supporting(JsonObject order) =>
        [.. order["orderItem"]!.AsArray().SelectMany(item => item!["service"]!["supportingService"]!.AsArray()).Select(one => (string)one!["id"]!)];

    private static HashSet<string?> Names(JsonObject service) => [.. service["serviceCharacteristic"]!.AsArray().Select(one => (string?)one!["name"])];

    private static string? Value(JsonObject service, string name) =>
        service["serviceCharacteristic"]!.AsArray().OfType<JsonObject>().Where(one => (string?)one["name"] == name).Select(Jackson.ValueOf).FirstOrDefault();

    private static string Notes(JsonObject resource) => string.Join("; ", (resource["note"] as JsonArray ?? []).Select(note => (string?)note?["text"]));
}
