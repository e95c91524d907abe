using NaaS.OpenSlice.Osom;
using static NaaS.OpenSlice.Checks.CheckFailedException;

namespace NaaS.OpenSlice.Checks;

/// <summary>Tries a partner as OpenSlice would use it, against all that OpenSlice is known to need or to trip over.</summary>
public sealed class PartnerChecks(OsomClient client, CheckOptions options, TimeProvider clock)
{
    private readonly CheckList list = new();

    /// <summary>Runs all checks, in the order in which OpenSlice would come by them.</summary>
    /// <returns>34 results, by number.</returns>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (await list.RunAsync([1], () => TokenAsync(cancellationToken)))
        {
            await list.RunAsync([4], () => StrangersAsync(cancellationToken));
            var specifications = await new CatalogueChecks(client, list).RunAsync(cancellationToken);
            await list.RunAsync([32], () => SenselessAsync(cancellationToken));
            await OrderAsync(specifications, cancellationToken);
            Transport();
        }

        return list.Results;
    }

    private async Task OrderAsync(IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonObject> specifications, CancellationToken cancellationToken)
    {
        if (options.Specification is null)
        {
            list.Leave(Enumerable.Range(14, 18).Append(33), "needs a specification to order");
        }
        else if (specifications.TryGetValue(options.Specification, out var specification))
        {
            await new LifeChecks(client, list, options, clock).RunAsync(specification, cancellationToken);
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

    private async Task<string> StrangersAsync(CancellationToken cancellationToken)
    {
        foreach (var path in new[] { "serviceOrdering/v4/serviceOrder", "serviceInventory/v4/service" })
        {
            foreach (var token in new[] { null, "senseless" })
            {
                var status = await client.StatusAsync($"/tmf-api/{path}", token, cancellationToken);
                Unless(status == 401, $"{path} answered {status} {(token is null ? "without a token" : "to a senseless token")}");
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
            Unless(status is >= 400 and < 500, $"{path} answered {status}");
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
            var reached = calls.Exists(exchange => exchange.IsGood && exchange.Url.AbsolutePath.Contains($"/tmf-api/{api}/v4/", StringComparison.Ordinal));
            if (reached || options.Specification is not null)
            {
                Decide(3, reached ? null : $"nothing good under /tmf-api/{api}/v4", "all three answer");
            }
        }

        list.Pass(34, "no hub was called, and all else holds or fails without one");
    }

    private void Decide(int number, string? wrong, string right)
    {
        if (wrong is null)
        {
            list.Pass(number, right);
        }
        else
        {
            list.Fail(number, wrong);
        }
    }
}
