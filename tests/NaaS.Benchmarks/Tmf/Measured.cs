using System.Diagnostics;

namespace NaaS.Benchmarks.Tmf;

/// <summary>
/// Operations in a second: of the API, of the bare program behind Kestrel, of the bare program itself; and the CPU time that one takes of the two servers,
/// which is steadier than the throughput where client, servers and database share few cores.
/// </summary>
internal sealed record Measured(double Api, double BareServer, double Bare, double ApiCpu, double BareServerCpu)
{
    private const string Orders = "/tmf-api/serviceOrdering/v4/serviceOrder";

    /// <summary>Measures each in turn, round by round, so that what else the machine does hits all of them; the median of the rounds counts.</summary>
    public static async Task<IReadOnlyList<Measured>> CompareAsync(
        IReadOnlyList<Installation> installations, Operation operation, TmfPlan plan, CancellationToken cancellationToken)
    {
        var rounds = installations.Select(_ => new List<Measured>()).ToList();
        for (var round = 0; round <= plan.Rounds; round++)
        {
            for (var index = 0; index < installations.Count; index++)
            {
                var measured = await MeasureAsync(installations[index], operation, round == 0 ? plan.WarmUp : plan.Time, plan.Clients, cancellationToken);

                // The first round warms up.
                if (round > 0)
                {
                    rounds[index].Add(measured);
                }
            }
        }

        return [.. rounds.Select(taken => new Measured(
            Median(taken, one => one.Api), Median(taken, one => one.BareServer), Median(taken, one => one.Bare), Median(taken, one => one.ApiCpu), Median(taken, one => one.BareServerCpu)))];
    }

    private static async Task<Measured> MeasureAsync(Installation installation, Operation operation, TimeSpan time, int clients, CancellationToken cancellationToken)
    {
        var body = Bodies.Order(installation.Specification, "measured").ToJsonString();
        var (api, apiCpu) = await ServedAsync(installation.Api, time, clients, (connection, token) => AskAsync(connection, installation, operation, body, token), cancellationToken);
        var (server, serverCpu) = await ServedAsync(installation.BareServer, time, clients, (connection, token) => AskBareAsync(connection, operation, body, token), cancellationToken);
        var (bare, _) = await PerSecondAsync(_ => installation.Bare.DoAsync(operation, cancellationToken), time, clients);
        return new(api, server, bare, apiCpu, serverCpu);
    }

    private static async Task AskAsync(Connection connection, Installation installation, Operation operation, string body, CancellationToken cancellationToken)
    {
        var head = await (operation switch
        {
            Operation.Get => connection.AskAsync("GET", $"{Orders}/{installation.Bare.Ids[Random.Shared.Next(installation.Bare.Ids.Count)]}", null, cancellationToken),
            Operation.List => connection.AskAsync("GET", $"{Orders}?{Statements.Query}", null, cancellationToken),
            _ => connection.AskAsync("POST", Orders, body, cancellationToken),
        });
        if (operation == Operation.List && !$"{head}\r\n".Contains($"X-Total-Count: {Statements.Found}\r\n", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The list did not find {Statements.Found} orders: {head}");
        }
    }

    private static Task<string> AskBareAsync(Connection connection, Operation operation, string body, CancellationToken cancellationToken) => operation switch
    {
        Operation.Get => connection.AskAsync("GET", "/get", null, cancellationToken),
        Operation.List => connection.AskAsync("GET", "/list", null, cancellationToken),
        _ => connection.AskAsync("POST", "/post", body, cancellationToken),
    };

    // Requests in a second, and microseconds of the server's CPU for each.
    private static async Task<(double PerSecond, double Cpu)> ServedAsync(
        ChildProcess server, TimeSpan time, int clients, Func<Connection, CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var connections = new List<Connection>();
        for (var i = 0; i < clients; i++)
        {
            connections.Add(await Connection.OpenAsync(server.Address, cancellationToken));
        }

        var before = server.Cpu;
        var (perSecond, count) = await PerSecondAsync(client => ask(connections[client], cancellationToken), time, clients);
        connections.ForEach(connection => connection.Dispose());
        return (perSecond, (server.Cpu - before).TotalMicroseconds / count);
    }

    private static async Task<(double PerSecond, int Count)> PerSecondAsync(Func<int, Task> work, TimeSpan time, int clients)
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (clock.Elapsed < time)
            {
                await work(client);
                Interlocked.Increment(ref done);
            }
        })));
        return (done / clock.Elapsed.TotalSeconds, done);
    }

    private static double Median(IEnumerable<Measured> rounds, Func<Measured, double> number)
    {
        var sorted = rounds.Select(number).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
