using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Services end: by a PATCH of their order, or by the date of another order, and stay readable.</summary>
internal sealed class EndChecks(OsomClient client, CheckList list, CheckOptions options, Polling polling, TimeProvider clock)
{
    public async Task RunAsync(JsonObject specification, JsonObject order, CancellationToken cancellationToken)
    {
        if (await list.TryAsync(() => EndAsync(order, cancellationToken), failure => failure is JacksonException { Rule: JacksonRule.State } ? 19 : 30))
        {
            if (await list.TryAsync(() => polling.TerminatedAsync(order, 30, cancellationToken), failure => failure is HttpRequestException ? 24 : ServiceChecks.OfService(failure)))
            {
                list.Pass([24, 30], "ended as asked, and still readable");
            }

            // What came to nothing in the services is no fault of the order's PATCH.
            list.Pass([30], "ended as asked");
            await list.TryAsync(() => client.GetOrderAsync((string)order["id"]!, cancellationToken), failure => OrderChecks.OfOrder(failure, 20));
        }

        list.Leave([24], "the services were not ended");
        if (await SecondAsync(specification, cancellationToken) is { } second)
        {
            await list.TryAsync(() => EndsByItselfAsync(second, cancellationToken), failure => failure is HttpRequestException ? 24 : ServiceChecks.OfService(failure));
        }
    }

    private async Task EndAsync(JsonObject order, CancellationToken cancellationToken)
    {
        var current = await client.GetOrderAsync((string)order["id"]!, cancellationToken);
        await client.PatchOrderAsync((string)order["id"]!, OsomPayloads.OrderEnd(current), cancellationToken);
    }

    // Values go as plain texts; where that is refused, as objects.
    private async Task<(JsonObject Order, DateTimeOffset End)?> SecondAsync(JsonObject specification, CancellationToken cancellationToken)
    {
        (JsonObject, DateTimeOffset)? second = null;
        await list.TryAsync(
            async () =>
            {
                try
                {
                    second = await OrderAsync(Plain);
                    list.Pass([15], "plain texts were taken too");
                }
                catch (Exception refusal) when (refusal is HttpRequestException or CheckFailedException)
                {
                    second = await OrderAsync(body => body);
                    list.Fail(15, refusal.Message);
                }
            },
            failure => OrderChecks.OfOrder(failure, 14));
        list.Leave([15, 31], "a second order was not taken");
        return second;

        async Task<(JsonObject, DateTimeOffset)> OrderAsync(Func<JsonObject, JsonObject> shaped)
        {
            var end = clock.GetUtcNow() + options.EndsAfter;
            return (await OrderChecks.PostAsync(client, shaped(OsomPayloads.Order(specification, options.Characteristics, end)), 14, cancellationToken), end);
        }
    }

    private static JsonObject Plain(JsonObject body)
    {
        foreach (var characteristic in body["orderItem"]![0]!["service"]!["serviceCharacteristic"]!.AsArray())
        {
            characteristic!["value"] = (string?)characteristic["value"]!["value"];
        }

        return body;
    }

    private async Task EndsByItselfAsync((JsonObject Order, DateTimeOffset End) second, CancellationToken cancellationToken)
    {
        var named = await polling.OrderAsync((string)second.Order["id"]!, () => 31, one => Polling.Supporting(one).Count > 0, cancellationToken);
        await polling.TerminatedAsync(named, 31, cancellationToken);
        var late = clock.GetUtcNow() - second.End;
        Unless(31, late > TimeSpan.Zero, $"it ended {-late.TotalSeconds:F1} s before its date");
        list.Pass([31], $"ended {late.TotalSeconds:F1} s after its date");
    }
}
