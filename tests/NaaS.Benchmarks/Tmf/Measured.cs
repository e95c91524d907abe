using System.Diagnostics;
using System.Net.Http.Json;

namespace NaaS.Benchmarks.Tmf;

/// <summary>Operations in a second: of the API, of the bare program behind Kestrel, of the bare program itself.</summary>
internal sealed record Measured(double Api, double BareServer, double Bare)
{
    /// <summary>Measures each in turn, round by round, so that what else the machine does hits all of them; the median of the rounds counts.</summary>
    public static async Task<IReadOnlyList<Measured>> CompareAsync(
        IReadOnlyList<Installation> installations, Operation operation, TmfPlan plan, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var rounds = installations.Select(_ => new List<Measured>()).ToList();
        for (var round = 0; round <= plan.Rounds; round++)
        {
            for (var index = 0; index < installations.Count; index++)
            {
                var installation = installations[index];
                var time = round == 0 ? plan.WarmUp : plan.Time;
                var measured = new Measured(
                    await PerSecondAsync(token => AskAsync(client, installation, operation, token), time, plan.Clients, cancellationToken),
                    await PerSecondAsync(token => AskBareAsync(client, installation, operation, token), time, plan.Clients, cancellationToken),
                    await PerSecondAsync(token => installation.Bare.DoAsync(operation, token), time, plan.Clients, cancellationToken));

                // The first round warms up.
                if (round > 0)
                {
                    rounds[index].Add(measured);
                }
            }
        }

        return [.. rounds.Select(taken => new Measured(Median(taken, one => one.Api), Median(taken, one => one.BareServer), Median(taken, one => one.Bare)))];
    }

    private static async Task AskAsync(HttpClient client, Installation installation, Operation operation, CancellationToken cancellationToken)
    {
        var orders = new Uri(installation.Api, "/tmf-api/serviceOrdering/v4/serviceOrder");
        using var response = operation switch
        {
            Operation.Get => await client.GetAsync($"{orders}/{installation.Bare.Ids[Random.Shared.Next(installation.Bare.Ids.Count)]}", cancellationToken),
            Operation.List => await client.GetAsync($"{orders}?{Statements.Query}", cancellationToken),
            _ => await client.PostAsJsonAsync(orders, Bodies.Order(installation.Specification, "measured"), cancellationToken),
        };
        response.EnsureSuccessStatusCode();
        if (operation == Operation.List && response.Headers.GetValues("X-Total-Count").Single() != $"{Statements.Found}")
        {
            throw new InvalidOperationException($"The list found {response.Headers.GetValues("X-Total-Count").Single()} orders, not {Statements.Found}.");
        }

        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task AskBareAsync(HttpClient client, Installation installation, Operation operation, CancellationToken cancellationToken)
    {
        using var response = operation switch
        {
            Operation.Get => await client.GetAsync(new Uri(installation.BareServer, "/get"), cancellationToken),
            Operation.List => await client.GetAsync(new Uri(installation.BareServer, "/list"), cancellationToken),
            _ => await client.PostAsJsonAsync(new Uri(installation.BareServer, "/post"), Bodies.Order(installation.Specification, "measured"), cancellationToken),
        };
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task<double> PerSecondAsync(Func<CancellationToken, Task> work, TimeSpan time, int clients, CancellationToken cancellationToken)
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            async () =>
            {
                while (clock.Elapsed < time)
                {
                    await work(cancellationToken);
                    Interlocked.Increment(ref done);
                }
            },
            cancellationToken)));
        return done / clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<Measured> rounds, Func<Measured, double> number)
    {
        var sorted = rounds.Select(number).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
