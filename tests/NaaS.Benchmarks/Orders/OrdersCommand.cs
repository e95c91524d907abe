using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NaaS.Benchmarks.Tmf;

namespace NaaS.Benchmarks.Orders;

/// <summary>
/// <c>orders</c>: orders accepted a second by the API on PostgreSQL and RabbitMQ, beside a bare program that inserts one row and publishes one
/// confirmed message for each request. Both behind Kestrel in processes of their own, one after the other in turns; what they publish is taken out of
/// its queue.
/// </summary>
internal static class OrdersCommand
{
    private const int Clients = 16;
    private const int Turns = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "Length of each turn.", DefaultValueFactory = _ => 5 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds that each is driven before it is measured, so that the runtime has optimised it.", DefaultValueFactory = _ => 5 };
        var command = new Command("orders", "Orders accepted a second, beside a bare program. Wants NAAS_POSTGRES and NAAS_RABBITMQ.") { seconds, warmUp };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            TimeSpan.FromSeconds(arguments.GetValue(seconds)), TimeSpan.FromSeconds(arguments.GetValue(warmUp)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan turn, TimeSpan warmUp, CancellationToken cancellationToken)
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        if (postgres is null || rabbit is null)
        {
            await Console.Error.WriteLineAsync("NAAS_POSTGRES and NAAS_RABBITMQ are not set: `tests/servers.sh up FOLDER` writes FOLDER/env.");
            return 2;
        }

        await using var commands = await Drain.StartAsync(rabbit, "naas-benchmark-orders", "NaaS.Contracts:ChangeService", cancellationToken);
        await using var messages = await Drain.StartAsync(rabbit, BareAcceptance.Queue, null, cancellationToken);
        var database = $"{postgres};Database=naas_orders_{Guid.NewGuid():N}";
        await using var api = await ChildProcess.StartAsync(
            "NaaS.Api.dll",
            "/health/live",
            new() { ["ConnectionStrings__Api"] = database, ["ConnectionStrings__RabbitMq"] = rabbit, ["Logging__LogLevel__Default"] = "Warning", ["Tmf__RequestsPerSecond"] = "0" },
            cancellationToken);
        using var http = new HttpClient();
        var specification = await SpecificationAsync(http, api.Address, cancellationToken);
        var body = Bodies.Order(specification, "benchmark");
        body.Remove("requestedStartDate");
        var order = body.ToJsonString();
        // The first ones warm it up, and give the bare program rows to begin with.
        var warm = await MeasureAsync(api, "/tmf-api/serviceOrdering/v4/serviceOrder", order, warmUp, cancellationToken);
        await using var bare = await ChildProcess.StartAsync(
            "NaaS.Benchmarks.dll", "/ready", new() { ["BARE_POSTGRES"] = database, ["BARE_RABBITMQ"] = rabbit }, cancellationToken);
        await MeasureAsync(bare, "/accept", order, warmUp, cancellationToken);

        var (before, megabytes) = (api.Cpu, api.Megabytes);
        var bareBefore = bare.Cpu;
        var (ours, least) = (new List<Turn>(), new List<Turn>());
        for (var i = 0; i < Turns; i++)
        {
            ours.Add(await MeasureAsync(api, "/tmf-api/serviceOrdering/v4/serviceOrder", order, turn, cancellationToken));
            least.Add(await MeasureAsync(bare, "/accept", order, turn, cancellationToken));
        }

        var (mine, theirs) = (Median(ours), Median(least));
        var accepted = ours.Sum(one => one.Count);
        Console.WriteLine($"orders accepted a second, {Clients} clients, median of {Turns} turns of {turn.TotalSeconds} s: {mine:F0}; bare program {theirs:F0}; ratio {mine / theirs:F2} (aim 0.5)");
        Console.WriteLine(
            $"CPU of an order: {(api.Cpu - before).TotalMilliseconds / accepted:F2} ms in the API; of the bare program {(bare.Cpu - bareBefore).TotalMilliseconds / least.Sum(one => one.Count):F2} ms. "
            + $"The API holds {api.Megabytes} MB after {accepted} orders, {megabytes} MB before them.");
        return await ArrivedAsync(commands, warm.Count + accepted, cancellationToken) ? 0 : 1;
    }

    // What was accepted and not published would be a debt, and the figure above none.
    private static async Task<bool> ArrivedAsync(Drain commands, int accepted, CancellationToken cancellationToken)
    {
        var behind = accepted - commands.Count;
        var clock = Stopwatch.StartNew();
        while (commands.Count < accepted && clock.Elapsed < Patience)
        {
            await Task.Delay(50, cancellationToken);
        }

        Console.WriteLine($"{commands.Count} of {accepted} commands came out of RabbitMQ, the last {behind} within {clock.Elapsed.TotalSeconds:F1} s after the last order.");
        return commands.Count >= accepted;
    }

    private static double Median(List<Turn> turns) => turns.Select(turn => turn.Count / turn.Took.TotalSeconds).Order().ElementAt(turns.Count / 2);

    private static async Task<string> SpecificationAsync(HttpClient http, Uri api, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(new Uri(api, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), Bodies.Specification, cancellationToken);
        return (string)JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!["id"]!;
    }

    private static async Task<Turn> MeasureAsync(ChildProcess server, string target, string body, TimeSpan length, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var connection = await Connection.OpenAsync(server.Address, cancellationToken);
            var count = 0;
            while (clock.Elapsed < length)
            {
                await connection.AskAsync("POST", target, body, cancellationToken);
                count++;
            }

            return count;
        }));
        return new(counts.Sum(), clock.Elapsed);
    }

    private sealed record Turn(int Count, TimeSpan Took);
}
