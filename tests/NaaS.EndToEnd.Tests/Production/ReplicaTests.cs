using System.Diagnostics;
using System.Globalization;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Several replicas of API and worker, as processes. Prints how long what takes.</summary>
[Collection(OnServers.Name)]
public sealed class ReplicaTests
{
    private const string Elected = "now holds the lease naas-hub-watcher";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    [Fact(Timeout = 300_000)]
    public async Task A_rolling_restart_under_load_loses_and_doubles_nothing_and_one_worker_works_on_a_service()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NAAS_LONG_TESTS") is null, "NAAS_LONG_TESTS is not set: some minutes of restarts under load");
        await using var naas = await Installation.StartAsync();
        List<(Executable Process, Uri Address)> apis = [await naas.StartApiAsync(), await naas.StartApiAsync()];
        List<Executable> workers = [(await naas.StartWorkerAsync()).Process, (await naas.StartWorkerAsync()).Process];
        await naas.PublishAsync(apis[0].Address);
        await naas.SubscribeAsync(apis[0].Address, "serviceOrdering");
        await naas.SubscribeAsync(apis[0].Address, "serviceInventory");
        var customers = new Customers(naas, [.. apis.Select(api => api.Address)]);
        var goesOn = true;
        var living = Enumerable.Range(0, 3).Select(i => customers.LiveAsync($"cms{i}", i, () => Volatile.Read(ref goesOn))).ToList();

        var since = Stopwatch.GetTimestamp();
        foreach (var (process, address) in apis)
        {
            await process.StopAsync(Token);
            await naas.StartApiAsync(address);
        }

        foreach (var worker in workers.ToList())
        {
            await worker.StopAsync(Token);
            workers.Add((await naas.StartWorkerAsync()).Process);
        }

        var restarted = Stopwatch.GetElapsedTime(since);
        Volatile.Write(ref goesOn, false);
        await Task.WhenAll(living);

        await customers.EverythingIsRightAsync();
        var concluded = workers.SelectMany(Concluded).ToList();
        concluded.Count.ShouldBe(concluded.Distinct().Count(), "each revision was concluded by one worker, once");
        apis.ShouldAllBe(api => api.Process.ExitCode == 0);
        workers.Take(2).ShouldAllBe(worker => worker.ExitCode == 0);
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Two APIs and two workers restarted in {restarted.TotalSeconds:0.0} s under load; {customers.Figures}"));
    }

    [Fact(Timeout = 240_000)]
    public async Task One_worker_watches_the_hub_and_another_takes_over_within_seconds_when_it_is_stopped_or_killed()
    {
        await using var naas = await Installation.StartAsync();
        var (_, api) = await naas.StartApiAsync();
        var (first, _) = await naas.StartWorkerAsync();
        await first.UntilAsync(() => Task.FromResult(first.Output.Contains(Elected, StringComparison.Ordinal)), Token);
        var (second, _) = await naas.StartWorkerAsync();
        second.Output.ShouldNotContain(Elected);

        var since = Stopwatch.GetTimestamp();
        await first.StopAsync(Token);
        await second.UntilAsync(() => Task.FromResult(second.Output.Contains(Elected, StringComparison.Ordinal)), Token);
        var handedOver = Stopwatch.GetElapsedTime(since);

        var (third, _) = await naas.StartWorkerAsync();
        third.Output.ShouldNotContain(Elected);
        since = Stopwatch.GetTimestamp();
        await second.KillAsync(Token);
        await third.UntilAsync(() => Task.FromResult(third.Output.Contains(Elected, StringComparison.Ordinal)), Token);
        var takenOver = Stopwatch.GetElapsedTime(since);

        ((string?)(await naas.EndedAsync(await naas.OrderAsync("cms", api), api))["state"]).ShouldBe("completed");
        Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"The watch was handed over in {handedOver.TotalSeconds:0.0} s, and taken over from a killed worker in {takenOver.TotalSeconds:0.0} s, under a Lease of 5 s"));
    }

    // Lines that tell service, revision and outcome.
    private static IEnumerable<string> Concluded(Executable worker) => worker.Output.Split('\n')
        .Where(line => line.Contains("concluded as Good", StringComparison.Ordinal)).Select(line => line[line.IndexOf("Service ", StringComparison.Ordinal)..]);
}
