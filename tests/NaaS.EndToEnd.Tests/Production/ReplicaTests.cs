using System.Diagnostics;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Several replicas of API and worker, as processes.</summary>
[Collection(OnServers.Name)]
public sealed class ReplicaTests
{
    private const string Elected = "now holds the lease naas-hub-watcher";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task A_rolling_restart_under_load_loses_and_doubles_nothing()
    {
        await using var naas = await Installation.StartAsync();
        var (api1, at1) = await naas.StartApiAsync();
        var (_, at2) = await naas.StartApiAsync();
        var (worker1, _) = await naas.StartWorkerAsync();
        var (worker2, _) = await naas.StartWorkerAsync();
        var orders = new List<string>();
        async Task OrderAsync(int count, params Uri[] apis)
        {
            for (var i = 0; i < count; i++)
            {
                orders.Add(await naas.OrderAsync($"cms-{orders.Count}", apis));
            }
        }

        await OrderAsync(4, at1, at2);
        var restart = Task.Run(async () =>
        {
            await worker1.StopAsync(Token);
            var (next, _) = await naas.StartWorkerAsync();
            await worker2.StopAsync(Token);
            return next;
        });
        await OrderAsync(4, at1, at2);
        await api1.StopAsync(Token);
        await OrderAsync(4, at1, at2);
        await restart;

        foreach (var order in orders)
        {
            var ended = await naas.EndedAsync(order, at2);
            ((string?)ended["state"]).ShouldBe("completed", $"{ended}");
        }

        var listed = await naas.GetAsync(new Uri(at2, Installation.Orders + "?limit=100"));
        listed.AsArray().Count.ShouldBe(orders.Count, "each order was accepted once");
        var services = (await naas.WorksAsync()).Select(work => (string?)work["metadata"]!["labels"]!["naas.example/service"]).Distinct();
        services.Count().ShouldBe(orders.Count, "each service is on the clusters, and no other");
    }

    [Fact(Timeout = 240_000)]
    public async Task One_worker_watches_the_hub_and_another_takes_over_within_seconds_when_it_is_killed()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var (first, _) = await naas.StartWorkerAsync();
        await first.UntilAsync(() => Task.FromResult(first.Output.Contains(Elected, StringComparison.Ordinal)), Token);
        var (second, _) = await naas.StartWorkerAsync();
        second.Output.ShouldNotContain(Elected);

        await first.KillAsync(Token);
        var since = Stopwatch.GetTimestamp();
        await second.UntilAsync(() => Task.FromResult(second.Output.Contains(Elected, StringComparison.Ordinal)), Token);

        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        ((string?)(await naas.EndedAsync(await naas.OrderAsync("cms", api), api))["state"]).ShouldBe("completed");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_service_is_worked_on_by_one_worker()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var (first, _) = await naas.StartWorkerAsync();
        var (second, _) = await naas.StartWorkerAsync();
        var orders = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            orders.Add(await naas.OrderAsync($"cms-{i}", api));
        }

        foreach (var order in orders)
        {
            ((string?)(await naas.EndedAsync(order, api))["state"]).ShouldBe("completed");
        }

        Concluded(first).Concat(Concluded(second)).GroupBy(service => service).ShouldAllBe(service => service.Count() == 1);
        Concluded(first).Concat(Concluded(second)).Count().ShouldBe(orders.Count);
    }

    private static List<string> Concluded(Executable worker) =>
        [.. worker.Output.Split('\n').Where(line => line.Contains("concluded as Good", StringComparison.Ordinal)).Select(line => line[line.IndexOf("Service ", StringComparison.Ordinal)..])];
}
