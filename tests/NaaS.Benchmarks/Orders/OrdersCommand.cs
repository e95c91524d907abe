using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NaaS.Benchmarks.Tmf;

namespace NaaS.Benchmarks.Orders;

/// <summary>
/// <c>orders</c>: orders accepted a second by the API on PostgreSQL and RabbitMQ, beside a bare program that inserts one row and publishes one
/// confirmed message for each request. Both behind Kestrel in processes of their own, one after the other in turns.
/// </summary>
internal static class OrdersCommand
{
    private const int Clients = 16;
    private const int Turns = 3;

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "Length of each turn.", DefaultValueFactory = _ => 5 };
        var command = new Command("orders", "Orders accepted a second, beside a bare program. Wants NAAS_POSTGRES and NAAS_RABBITMQ.") { seconds };
        command.SetAction((arguments, cancellationToken) => RunAsync(TimeSpan.FromSeconds(arguments.GetValue(seconds)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan turn, CancellationToken cancellationToken)
    {
        var postgres = Environment.GetEnvironmentVariable("NAAS_POSTGRES");
        var rabbit = Environment.GetEnvironmentVariable("NAAS_RABBITMQ");
        if (postgres is null || rabbit is null)
        {
            await Console.Error.WriteLineAsync("NAAS_POSTGRES and NAAS_RABBITMQ are not set: `tests/servers.sh up FOLDER` writes FOLDER/env.");
            return 2;
        }

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
        var orders = new Uri(api.Address, "/tmf-api/serviceOrdering/v4/serviceOrder");
        // The first ones warm it up, and give the bare program rows to begin with.
        await MeasureAsync(http, orders, order, TimeSpan.FromSeconds(2), cancellationToken);
        await using var bare = await ChildProcess.StartAsync(
            "NaaS.Benchmarks.dll", "/ready", new() { ["BARE_POSTGRES"] = database, ["BARE_RABBITMQ"] = rabbit }, cancellationToken);
        var accept = new Uri(bare.Address, "/accept");
        await MeasureAsync(http, accept, order, TimeSpan.FromSeconds(2), cancellationToken);

        var (ours, least) = (new List<double>(), new List<double>());
        for (var i = 0; i < Turns; i++)
        {
            ours.Add(await MeasureAsync(http, orders, order, turn, cancellationToken));
            least.Add(await MeasureAsync(http, accept, order, turn, cancellationToken));
        }

        var (mine, theirs) = (ours.Order().ElementAt(Turns / 2), least.Order().ElementAt(Turns / 2));
        Console.WriteLine($"orders accepted a second, {Clients} clients, median of {Turns} turns of {turn.TotalSeconds} s: {mine:F0}; bare program {theirs:F0}; ratio {mine / theirs:F2} (aim 0.5)");
        return 0;
    }

    private static async Task<string> SpecificationAsync(HttpClient http, Uri api, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(new Uri(api, "/tmf-api/serviceCatalogManagement/v4/serviceSpecification"), Bodies.Specification, cancellationToken);
        return (string)JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!["id"]!;
    }

    private static async Task<double> MeasureAsync(HttpClient http, Uri address, string body, TimeSpan length, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var count = 0;
            while (clock.Elapsed < length)
            {
                // A customer who orders twice says so in the description; the same order twice would be recognised.
                using var content = new StringContent(body.Replace("\"benchmark\"", $"\"{Guid.NewGuid()}\"", StringComparison.Ordinal), Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(address, content, cancellationToken);
                response.EnsureSuccessStatusCode();
                count++;
            }

            return count;
        }));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }
}
