using System.Net;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>
/// What breaks in production, on real servers. After each fault every accepted order reaches its right end exactly once. The short form; set
/// NAAS_FAULT_MINUTES for a long one, whose seed is printed and taken from NAAS_FAULT_SEED.
/// </summary>
[Collection(OnServers.Name)]
public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task A_worker_and_an_api_that_are_killed_lose_nothing()
    {
        await using var naas = await Installation.StartAsync();
        var (api1, at1) = await naas.StartApiAsync();
        var (_, at2) = await naas.StartApiAsync();
        var (worker1, _) = await naas.StartWorkerAsync();
        var orders = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            orders.Add(await naas.OrderAsync($"cms-{i}", at1, at2));
            if (i == 2)
            {
                await worker1.KillAsync(Token);
            }

            if (i == 4)
            {
                await api1.KillAsync(Token);
                await naas.StartWorkerAsync();
            }
        }

        await EveryOrderIsRightAsync(naas, orders, at2);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_broker_and_databases_out_of_reach_are_survived_without_a_restart_and_told_by_readiness()
    {
        await using var naas = await Installation.StartAsync();
        var (apiProcess, api) = await naas.StartApiAsync();
        var (workerProcess, worker) = await naas.StartWorkerAsync();
        var orders = new List<string> { await naas.OrderAsync("cms-before", api) };

        naas.RabbitMq.Cut();
        orders.Add(await naas.OrderAsync("cms-without-broker", api));
        await UntilAsync(async () => (await naas.Http.GetStringAsync(new Uri(api, "/health/ready"), Token)).Contains("\"broker\":{\"status\":\"Degraded\"", StringComparison.Ordinal));
        (await naas.StatusAsync(new Uri(api, "/health/live"))).ShouldBe(HttpStatusCode.OK);
        naas.RabbitMq.Mend();

        naas.Postgres.Cut();
        await UntilAsync(async () => await naas.StatusAsync(new Uri(worker, "/health/ready")) == HttpStatusCode.ServiceUnavailable);
        using (var response = await naas.Http.GetAsync(new Uri(api, "/health/ready"), Token))
        {
            (await response.Content.ReadAsStringAsync(Token)).ShouldContain("\"api-database\":{\"status\":\"Unhealthy\"");
        }

        naas.Postgres.Mend();
        orders.Add(await naas.OrderAsync("cms-after", api));

        await EveryOrderIsRightAsync(naas, orders, api);
        await UntilAsync(async () => await naas.StatusAsync(new Uri(api, "/health/ready")) == HttpStatusCode.OK);
        apiProcess.HasExited.ShouldBeFalse();
        workerProcess.HasExited.ShouldBeFalse();
    }

    [Fact(Timeout = 36_000_000)]
    public async Task Random_faults_for_as_long_as_asked()
    {
        var minutes = Environment.GetEnvironmentVariable("NAAS_FAULT_MINUTES");
        Assert.SkipWhen(minutes is null, "NAAS_FAULT_MINUTES is not set: minutes of random faults");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NAAS_FAULT_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"NAAS_FAULT_SEED={seed}");
        var random = new Random(seed);
        await using var naas = await Installation.StartAsync();
        var apis = new List<(Executable Process, Uri Address)> { await naas.StartApiAsync(), await naas.StartApiAsync() };
        var workers = new List<(Executable Process, Uri Address)> { await naas.StartWorkerAsync(), await naas.StartWorkerAsync() };
        var orders = new List<string>();
        var end = DateTime.UtcNow.AddMinutes(double.Parse(minutes!, System.Globalization.CultureInfo.InvariantCulture));
        while (DateTime.UtcNow < end)
        {
            orders.Add(await naas.OrderAsync($"cms-{orders.Count}", [.. apis.Select(api => api.Address)]));
            switch (random.Next(8))
            {
                case 0:
                    await workers[0].Process.KillAsync(Token);
                    workers.RemoveAt(0);
                    workers.Add(await naas.StartWorkerAsync());
                    break;
                case 1:
                    await apis[0].Process.KillAsync(Token);
                    apis.RemoveAt(0);
                    apis.Add(await naas.StartApiAsync());
                    break;
                case 2 or 3:
                    var proxy = random.Next(2) == 0 ? naas.RabbitMq : naas.Postgres;
                    proxy.Cut();
                    await Task.Delay(random.Next(5000), Token);
                    proxy.Mend();
                    break;
            }
        }

        await EveryOrderIsRightAsync(naas, orders, apis[1].Address);
        TestContext.Current.TestOutputHelper!.WriteLine($"{orders.Count} orders, each completed once");
    }

    private static async Task EveryOrderIsRightAsync(Installation naas, List<string> orders, Uri api)
    {
        foreach (var order in orders)
        {
            var ended = await naas.EndedAsync(order, api);
            ((string?)ended["state"]).ShouldBe("completed", $"{ended}");
        }

        var works = await naas.WorksAsync();
        works.Select(work => (string?)work["metadata"]!["labels"]!["naas.example/service"]).Distinct().Count().ShouldBe(orders.Count);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(100, Token);
        }
    }
}
