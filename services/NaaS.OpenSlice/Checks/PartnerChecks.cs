using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Tries a partner as OpenSlice would use it, against all that OpenSlice is known to need or to trip over.</summary>
public sealed class PartnerChecks(OsomClient client, CheckOptions options, TimeProvider clock)
{
    private const int Burst = 20;
    private readonly CheckList list = new();

    /// <summary>Runs all checks, in the order in which OpenSlice would come by them.</summary>
    /// <returns>34 results, by number.</returns>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (await list.RunAsync(1, () => TokenAsync(cancellationToken)))
        {
            await list.RunAsync(2, () => BurstAsync(cancellationToken));
            await list.RunAsync(4, () => StrangersAsync(cancellationToken));
            var specifications = await new CatalogueChecks(client, list).RunAsync(cancellationToken);
            await list.RunAsync(32, () => SenselessAsync(cancellationToken));
            await OrderAsync(specifications, cancellationToken);
            Transport();
        }

        return list.Results;
    }

    private async Task OrderAsync(IReadOnlyDictionary<string, JsonObject> specifications, CancellationToken cancellationToken)
    {
        var inLife = Enumerable.Range(14, 18).Append(34);
        if (options.Specification is null)
        {
            list.Leave(inLife, "needs a specification to order");
        }
        else if (specifications.TryGetValue(options.Specification, out var specification))
        {
            var polling = new Polling(client, options, clock);
            if (await new OrderChecks(client, list, options, polling).RunAsync(specification, cancellationToken) is { } order)
            {
                if (await new ServiceChecks(client, list, options, polling, clock).RunAsync(order, cancellationToken))
                {
                    await new EndChecks(client, list, options, polling, clock).RunAsync(specification, order, cancellationToken);
                }

                list.Leave(inLife, "the services cannot be read");
            }

            list.Leave(inLife, "the order did not complete");
        }
        else
        {
            list.Fail(14, $"specification {options.Specification} is not among the imported ones");
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        var reply = await client.TokenAsync(cancellationToken);
        return $"a token for {reply["expires_in"]} s";
    }

    // OpenSlice keeps no token: a partner with a few services is asked for one each second.
    private async Task<string> BurstAsync(CancellationToken cancellationToken)
    {
        for (var time = 0; time < Burst; time++)
        {
            await client.TokenAsync(cancellationToken);
        }

        return $"{Burst} tokens in a row";
    }

    private async Task<string> StrangersAsync(CancellationToken cancellationToken)
    {
        foreach (var path in new[] { "serviceOrdering/v4/serviceOrder", "serviceInventory/v4/service" })
        {
            foreach (var token in new[] { null, "senseless" })
            {
                var status = await client.StatusAsync($"/tmf-api/{path}", token, cancellationToken);
                Unless(4, status == 401, $"{path} answered {status} {(token is null ? "without a token" : "to a senseless token")}");
            }
        }

        return "401 without and with a senseless token";
    }

    private async Task<string> SenselessAsync(CancellationToken cancellationToken)
    {
        var token = (string)(await client.TokenAsync(cancellationToken))["access_token"]!;
        foreach (var path in new[] { "/tmf-api/serviceOrdering/v4/serviceOrder/null", "/tmf-api/serviceOrdering/v4/serviceOrder/", "/tmf-api/serviceInventory/v4/service/null" })
        {
            var status = await client.StatusAsync(path, token, cancellationToken);
            Unless(32, status is >= 400 and < 500, $"{path} answered {status}");
        }

        return "4xx for null and for an empty id";
    }

    // Decided by all that was said on the way.
    private void Transport()
    {
        var tokens = client.Exchanges.Where(exchange => exchange.Url == client.Access.TokenUri).ToList();
        var calls = client.Exchanges.Where(exchange => exchange.Url != client.Access.TokenUri).ToList();
        Decide(2, tokens.Find(exchange => !exchange.IsGood)?.ToString(), $"{tokens.Count} tokens, none refused");
        Decide(
            4,
            calls.Find(exchange => exchange.Status is >= 300 and < 400 || exchange.Took > OsomClient.Patience || (exchange.IsGood && exchange.ContentType != "application/json"))?.ToString(),
            $"{calls.Count} calls, the slowest took {calls.Max(exchange => exchange.Took).TotalMilliseconds:F0} ms");
        foreach (var api in new[] { "serviceCatalogManagement", "serviceOrdering", "serviceInventory" })
        {
            // Whatever it answers to what is asked in earnest, the path is there.
            var asked = calls.Where(exchange => IsUnder(exchange, api) && exchange.Status != 401).ToList();
            if (asked.Count > 0)
            {
                Decide(3, asked.TrueForAll(exchange => exchange.Status is 404 or 405) ? $"nothing is there under /tmf-api/{api}/v4" : null, "all that were asked are there");
            }
        }
    }

    private static bool IsUnder(Exchange exchange, string api) =>
        exchange.Url.AbsolutePath is var path && path.Contains($"/tmf-api/{api}/v4/", StringComparison.Ordinal) && path[^1] != '/' && !path.EndsWith("/null", StringComparison.Ordinal);

    private void Decide(int number, string? wrong, string right)
    {
        if (wrong is null)
        {
            list.Pass([number], right);
        }
        else
        {
            list.Fail(number, wrong);
        }
    }
}
