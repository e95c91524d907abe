using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>
/// Customers who order services, change and end them, each one thing after the other, and who know what must be true in the end: every accepted order
/// completed, and once; inventory and clusters alike; every event told, in order.
/// </summary>
internal sealed class Customers(Installation naas, IReadOnlyList<Uri> apis)
{
    private const int Page = 1000;
    private readonly ConcurrentDictionary<string, TimeSpan> orders = new();
    private readonly ConcurrentBag<TimeSpan> accepted = [];
    private readonly ConcurrentDictionary<string, Expected> services = new();
    private readonly Uri[] apis = [.. apis];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Services that were ordered.</summary>
    public IEnumerable<string> Services => services.Keys;

    /// <summary>How many orders, and how long they took.</summary>
    public string Figures => $"{orders.Count} orders, each completed once; accepted in {Spread(accepted)}, completed in {Spread(orders.Values)}";

    /// <summary>One customer, who begins again with another service as long as <paramref name="goesOn"/>.</summary>
    public async Task LiveAsync(string name, int seed, Func<bool> goesOn)
    {
        var random = new Random(seed);
        for (var i = 0; i == 0 || goesOn(); i++)
        {
            var service = await AddAsync($"{name}-{i}");
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                await ScaleAsync(service, services[service].Replicas % 3 + 1);
            }

            if (random.Next(2) == 0)
            {
                await CompletedAsync(() => naas.EndAsync(service, apis));
                services[service] = services[service] with { IsEnded = true };
            }
        }
    }

    /// <summary>One customer who orders, changes and ends a service, and then the next.</summary>
    public async Task ComeAndGoAsync(string name, Func<bool> goesOn)
    {
        for (var i = 0; i == 0 || goesOn(); i++)
        {
            var service = await AddAsync($"{name}-{i}");
            await ScaleAsync(service, 2);
            await CompletedAsync(() => naas.EndAsync(service, apis));
            services[service] = services[service] with { IsEnded = true };
        }
    }

    public async Task<string> AddAsync(string name)
    {
        var ended = await CompletedAsync(() => naas.OrderAsync(name, apis));
        var service = (string)ended["serviceOrderItem"]![0]!["service"]!["id"]!;
        services[service] = new($"{name}-{service[..8]}", 1, IsEnded: false);
        return service;
    }

    public async Task ScaleAsync(string service, int replicas)
    {
        await CompletedAsync(() => naas.ScaleAsync(service, replicas, apis));
        services[service] = services[service] with { Replicas = replicas };
    }

    /// <summary>Looks at API, hub, clusters, subscriber and dead letters.</summary>
    public async Task EverythingIsRightAsync()
    {
        var known = await AllAsync(Installation.Orders);
        known.Select(order => (string)order["id"]!).Order().ShouldBe(orders.Keys.Order(), "each order was accepted once");
        known.ShouldAllBe(order => (string?)order["state"] == "completed");

        var inventory = (await AllAsync("/tmf-api/serviceInventory/v4/service")).Where(service => (string?)service["category"] == "CustomerFacingService").ToList();
        inventory.Select(service => $"{service["id"]} {service["state"]}").Order()
            .ShouldBe(services.Select(one => $"{one.Key} {(one.Value.IsEnded ? "terminated" : "active")}").Order(), "the inventory is what was ordered");

        await UntilAsync(async () => await ReadyAsync(), services.Values.Where(one => !one.IsEnded).Select(one => $"{one.Namespace} {one.Replicas}"), "the clusters are what was ordered");
        var works = await naas.WorksAsync();
        works.Select(work => (string?)work["metadata"]!["labels"]!["naas.example/service"]).Distinct().Order()
            .ShouldBe(services.Where(one => !one.Value.IsEnded).Select(one => one.Key).Order(), "the hub has works of the running services and no others");

        await EveryEventAsync();
        // Of other tests there may be some.
        var letters = (await naas.GetAsync(new Uri(apis[0], "/operator/v1/deadLetter"))).AsArray().Select(letter => letter!.ToJsonString());
        letters.ShouldNotContain(letter => services.Keys.Any(id => letter.Contains(id, StringComparison.Ordinal)));
    }

    private static string Spread(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2].TotalSeconds:0.00} s (median), {sorted[^1].TotalSeconds:0.00} s (longest)");
    }

    private async Task<JsonNode> CompletedAsync(Func<Task<string>> send)
    {
        var since = Stopwatch.GetTimestamp();
        var order = await send();
        accepted.Add(Stopwatch.GetElapsedTime(since));
        orders[order] = TimeSpan.Zero;
        var ended = await naas.EndedAsync(order, apis);
        ((string?)ended["state"]).ShouldBe("completed", $"{ended}");
        orders[order] = Stopwatch.GetElapsedTime(since);
        return ended;
    }

    // Each event that was written must have come, those of one resource in the order of writing.
    private async Task EveryEventAsync()
    {
        var written = (await naas.QueryAsync("api", """SELECT "EventId", "Resource" FROM events WHERE "Api" IN ('TMF641', 'TMF638') ORDER BY "Position" """))
            .Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1]);
        await UntilAsync(() => Task.FromResult(naas.Subscriber.First.Where(written.ContainsKey)), written.Keys, "every event has come");
        naas.Subscriber.First.Where(written.ContainsKey).GroupBy(id => written[id]).OrderBy(group => group.Key).Select(group => string.Join(' ', group))
            .ShouldBe(written.Keys.GroupBy(id => written[id]).OrderBy(group => group.Key).Select(group => string.Join(' ', group)), "in order");
    }

    /// <summary>The namespaces of all clusters that have a deployment of phpmyadmin, with its ready replicas.</summary>
    public async Task<IEnumerable<string>> ReadyAsync()
    {
        var found = new List<string>();
        foreach (var cluster in new[] { "c1", "c2", "c3" })
        {
            var deployments = (await naas.GetAsync(new Uri($"{naas.Hub.Cluster(cluster)}/apis/apps/v1/deployments")))["items"]!.AsArray();
            found.AddRange(deployments.Where(one => ((string)one!["metadata"]!["name"]!).EndsWith("phpmyadmin", StringComparison.Ordinal))
                .Select(one => $"{one!["metadata"]!["namespace"]} {one["status"]?["readyReplicas"]}"));
        }

        return found;
    }

    private async Task<IReadOnlyList<JsonNode>> AllAsync(string path)
    {
        var all = new List<JsonNode>();
        JsonArray page;
        do
        {
            page = (await naas.GetAsync(new Uri(apis[0], $"{path}?limit={Page}&offset={all.Count}"))).AsArray();
            all.AddRange(page.OfType<JsonNode>());
        }
        while (page.Count == Page);
        return all;
    }

    private static async Task UntilAsync(Func<Task<IEnumerable<string>>> found, IEnumerable<string> expected, string what)
    {
        // What is told at the end of an order, or taken away after it, may take a moment longer than the order.
        var wanted = expected.Order().ToList();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        List<string> last;
        do
        {
            last = [.. (await found()).Order()];
            await Task.Delay(100, CancellationToken.None);
        }
        while (!last.SequenceEqual(wanted) && !limit.IsCancellationRequested);
        last.ShouldBe(wanted, what);
    }

    private sealed record Expected(string Namespace, int Replicas, bool IsEnded);
}
