using System.Globalization;
using System.Net;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>
/// What breaks in production, on real servers. After each fault every accepted order reaches its right end exactly once, inventory and clusters are
/// alike, and every event has been told in order.
/// </summary>
[Collection(OnServers.Name)]
public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    [Fact(Timeout = 300_000)]
    public async Task A_broker_and_databases_out_of_reach_are_survived_without_a_restart_and_told_by_readiness()
    {
        await using var naas = await Installation.StartAsync();
        var (apiProcess, api) = await naas.StartApiAsync();
        var (workerProcess, worker) = await naas.StartWorkerAsync();
        var orders = new List<string> { await naas.OrderAsync("cms-before", api) };

        naas.RabbitMq.Cut();
        orders.Add(await naas.OrderAsync("cms-without-broker", api));
        await Until.Async(async () => (await naas.Http.GetStringAsync(new Uri(api, "/health/ready"), Token)).Contains("\"broker\":{\"status\":\"Degraded\"", StringComparison.Ordinal));
        (await naas.StatusAsync(new Uri(api, "/health/live"))).ShouldBe(HttpStatusCode.OK);
        naas.RabbitMq.Mend();

        naas.Postgres.Cut();
        await Until.Async(async () => await naas.StatusAsync(new Uri(worker, "/health/ready")) == HttpStatusCode.ServiceUnavailable);
        using (var response = await naas.Http.GetAsync(new Uri(api, "/health/ready"), Token))
        {
            (await response.Content.ReadAsStringAsync(Token)).ShouldContain("\"api-database\":{\"status\":\"Unhealthy\"");
        }

        naas.Postgres.Mend();
        orders.Add(await naas.OrderAsync("cms-after", api));

        foreach (var order in orders)
        {
            ((string?)(await naas.EndedAsync(order, api))["state"]).ShouldBe("completed");
        }

        await Until.Async(async () => await naas.StatusAsync(new Uri(api, "/health/ready")) == HttpStatusCode.OK);
        apiProcess.HasExited.ShouldBeFalse();
        workerProcess.HasExited.ShouldBeFalse();
    }

    [Fact(Timeout = 300_000)]
    public async Task The_hub_is_watched_again_after_hub_and_database_were_away()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var (worker, _) = await naas.StartWorkerAsync();
        ((string?)(await naas.EndedAsync(await naas.OrderAsync("cms", api), api))["state"]).ShouldBe("completed");
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains("now holds the lease", StringComparison.Ordinal)), Token);

        // Longer than the Lease, so that it is lost; the hub's crash ends every watch.
        naas.Postgres.Cut();
        naas.ToHub.Cut();
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains("no longer holds the lease", StringComparison.Ordinal)), Token);
        await naas.Hub.CrashAsync(Token);
        naas.ToHub.Mend();
        // A watch begins while there is no database that could be told of what it sees.
        await worker.UntilAsync(() => Task.FromResult(worker.Output.Contains("services could not be woken", StringComparison.Ordinal)), Token);
        naas.Postgres.Mend();

        // The resync would find it after ten minutes; only a watch finds it within this test's time.
        var work = (await naas.WorksAsync())[0];
        var path = new Uri($"{naas.Hub.Hub}/apis/work.open-cluster-management.io/v1/namespaces/{work["metadata"]!["namespace"]}/manifestworks/{work["metadata"]!["name"]}");
        using (var deleted = await naas.Http.DeleteAsync(path, Token))
        {
            deleted.EnsureSuccessStatusCode();
        }

        await worker.UntilAsync(
            async () => (await naas.WorksAsync()).Any(one => (string?)one["metadata"]!["name"] == (string?)work["metadata"]!["name"]
                && (string?)one["metadata"]!["uid"] != (string?)work["metadata"]!["uid"]),
            Token);
    }

    /// <summary>Each fault once. Set NAAS_FAULT_MINUTES for random ones over a longer time; the seed is printed, and taken from NAAS_FAULT_SEED.</summary>
    [Fact(Timeout = 36_000_000)]
    public async Task Whatever_is_killed_or_cut_off_under_a_stream_of_orders_nothing_is_lost_or_doubled()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("NAAS_FAULT_MINUTES"), CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NAAS_FAULT_SEED"), out var given) ? given : Random.Shared.Next();
        Output.WriteLine($"NAAS_FAULT_SEED={seed}");
        await using var naas = await Installation.StartAsync(await Servers.StartAsync(Token));
        var faults = await Faults.StartAsync(naas, new(seed));
        await naas.PublishAsync(faults.Apis[0]);
        await naas.SubscribeAsync(faults.Apis[0], "serviceOrdering");
        await naas.SubscribeAsync(faults.Apis[0], "serviceInventory");
        var customers = new Customers(naas, faults.Apis);
        var end = DateTime.UtcNow.AddMinutes(minutes);
        var goesOn = true;
        var living = Enumerable.Range(0, 3).Select(i => customers.LiveAsync($"cms{i}", seed + i, () => Volatile.Read(ref goesOn))).ToList();
        foreach (var fault in faults.EachOnce())
        {
            await fault();
        }

        while (DateTime.UtcNow < end && living.TrueForAll(one => !one.IsFaulted))
        {
            await faults.AtRandom()();
        }

        Volatile.Write(ref goesOn, false);
        await Task.WhenAll(living);
        await customers.EverythingIsRightAsync();
        Output.WriteLine($"{customers.Figures}; {faults}");
    }
}
