using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>An order is taken and followed until it is completed; another is refused.</summary>
internal sealed class OrderChecks(OsomClient client, CheckList list, CheckOptions options, Polling polling)
{
    private static readonly string[] Ended = ["COMPLETED", "FAILED", "REJECTED", "CANCELLED", "PARTIAL"];

    /// <summary>Orders, and waits until the order is completed.</summary>
    /// <returns>The completed order; null where there is none.</returns>
    public async Task<JsonObject?> RunAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        if (await TakenAsync(specification, cancellationToken) is not { } order)
        {
            return null;
        }

        await RefusedAsync(specification, cancellationToken);
        JsonObject? completed = null;
        await list.TryAsync(async () => completed = await CompletedAsync(order, cancellationToken), failure => OfOrder(failure, 20));
        return completed;
    }

    /// <summary>Which check tells of a failure with an order.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="refused">The check that tells of errors of HTTP.</param>
    public static int OfOrder(Exception failure, int refused) => failure switch
    {
        JacksonException { Rule: JacksonRule.Date } => 12,
        JacksonException { Rule: JacksonRule.State } => 19,
        JacksonException => 18,
        _ => refused,
    };

    /// <summary>Orders; an order that is rejected at once fails the check of that number.</summary>
    public static async Task<JsonObject> PostAsync(OsomClient client, JsonObject order, int number, CancellationToken cancellationToken)
    {
        var reply = await client.OrderAsync(order, cancellationToken);
        Unless(number, (string?)reply["state"] != "REJECTED", $"the order was rejected: {Polling.Notes(reply)}");
        return reply;
    }

    // What the partner does not need is sent first; where that is refused, the order goes without.
    private async Task<JsonObject?> TakenAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        JsonObject? order = null;
        var body = OsomPayloads.Order(specification, options.Characteristics);
        await list.TryAsync(
            async () =>
            {
                try
                {
                    order = await PostAsync(client, WithUnneeded(body), 14, cancellationToken);
                    list.Pass([16], "one that nobody knows was taken");
                }
                catch (Exception refusal) when (refusal is HttpRequestException or CheckFailedException)
                {
                    order = await PostAsync(client, body, 14, cancellationToken);
                    list.Fail(16, refusal.Message);
                }

                list.Pass([14], $"order {order["id"]} is {order["state"]}");
            },
            failure => OfOrder(failure, 14));
        return order;
    }

    private static JsonObject WithUnneeded(JsonObject body)
    {
        var order = body.DeepClone().AsObject();
        order["orderItem"]![0]!["service"]!["serviceCharacteristic"]!.AsArray().Add(new JsonObject
        {
            ["uuid"] = null,
            ["value"] = new JsonObject { ["value"] = "abc", ["alias"] = "" },
            ["@baseType"] = "BaseEntity",
            ["name"] = "naas-check-unneeded",
            ["valueType"] = "TEXT",
        });
        return order;
    }

    private async Task RefusedAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        var unknown = specification.DeepClone();
        unknown["id"] = Guid.NewGuid().ToString();
        var body = OsomPayloads.Order(unknown, options.Characteristics);
        JsonObject order = [];
        if (await list.TryAsync(async () => order = await client.OrderAsync(body, cancellationToken), failure => OfOrder(failure, 17)))
        {
            await list.TryAsync(() => SaysWhyAsync((string)order["id"]!, (string?)body["note"]![0]!["text"], cancellationToken), failure => OfOrder(failure, 20));
        }

        list.Leave([22], "no order was refused");
    }

    private async Task SaysWhyAsync(string id, string? ours, CancellationToken cancellationToken)
    {
        var order = await polling.OrderAsync(id, () => 17, one => Ended.Contains((string?)one["state"]), cancellationToken);
        Unless(17, (string?)order["state"] is "REJECTED" or "FAILED", $"an order of a specification that is not there is {order["state"]}");
        list.Pass([17], $"the order is {order["state"]}");
        var why = (order["note"] as JsonArray ?? []).Select(note => (string?)note?["text"]).Where(text => !string.IsNullOrEmpty(text) && text != ours).ToList();
        Unless(22, why.Count > 0, "no note says why the order was refused");
        list.Pass([22], string.Join("; ", why));
    }

    private async Task<JsonObject> CompletedAsync(JsonObject posted, CancellationToken cancellationToken)
    {
        List<string> states = [(string)posted["state"]!];
        // An order that never moves waits for something that OpenSlice does not do, such as registering a hub.
        var order = await polling.OrderAsync((string)posted["id"]!, () => states.Count == 1 ? 34 : 21, one => Followed(one, states), cancellationToken);
        Unless(21, (string?)order["state"] == "COMPLETED", $"the order is {order["state"]}: {Polling.Notes(order)}");
        var services = Polling.Supporting(order);
        Unless(21, services.Count > 0, "the completed order names no supporting service");
        list.Pass([18, 19, 20, 34], string.Join(", ", states));
        var areRead = true;
        foreach (var service in services)
        {
            areRead &= await list.TryAsync(() => ActiveAsync(service, cancellationToken), ServiceChecks.OfService);
        }

        if (areRead)
        {
            list.Pass([21], $"{services.Count} services, all active");
        }

        return order;
    }

    private async Task ActiveAsync(string id, CancellationToken cancellationToken)
    {
        var service = await client.GetServiceAsync(id, cancellationToken);
        Unless(21, (string?)service["state"] == "active", $"the order is COMPLETED while service {id} is {service["state"]}");
    }

    private static bool Followed(JsonObject order, List<string> states)
    {
        var state = (string)order["state"]!;
        Unless(19, state != "HELD", "the state HELD means nothing to OpenSlice");
        if (states[^1] != state)
        {
            states.Add(state);
        }

        return Ended.Contains(state);
    }
}
