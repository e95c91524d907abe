using System.Globalization;
using NaaS.OpenSlice.Osom;
using NaaS.Standalone.Demo;

namespace NaaS.EndToEnd.Tests.OpenSlice;

/// <summary>
/// OpenSlice drives us while replicas of the API and the worker end and come back at random, in good order and by crashes. One failed read would
/// turn a customer's service to feasibilityChecked, so none may fail. NAAS_OSOM_MINUTES says how long; NAAS_OSOM_SEED repeats a run.
/// </summary>
[Collection(Production.OnServers.Name)]
public sealed class OsomRestartTests
{
    private const int Customers = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 36_000_000)]
    public Task No_read_fails_while_API_and_worker_restart()
    {
        var minutes = Environment.GetEnvironmentVariable("NAAS_OSOM_MINUTES");
        Assert.SkipWhen(minutes is null, "NAAS_OSOM_MINUTES is not set: minutes of restarts under OpenSlice");
        return LiveAsync(double.Parse(minutes!, CultureInfo.InvariantCulture));
    }

    private static async Task LiveAsync(double minutes)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NAAS_OSOM_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"NAAS_OSOM_SEED={seed}");
        await using var naas = await TwoProcess.StartAsync();
        using var story = new OsomStory(naas, Token);
        await story.PublishAndImportAsync();
        var order = await story.OrderAndMirrorAsync();
        var customers = Enumerable.Range(1, Customers).Select(number => new OsomCustomer(story, number, new Random(seed + number), Token)).ToList();
        var end = DateTime.UtcNow.AddMinutes(minutes);
        var isOver = false;
        var lives = customers.Select(customer => customer.LiveAsync(() => !isOver)).Append(FollowAsync(story.Player, order, () => !isOver)).ToList();
        var restarts = await RestartAsync(naas, new Random(seed), end, () => lives.TrueForAll(life => !life.IsFaulted));
        isOver = true;
        try
        {
            await Task.WhenAll(lives);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed}, {string.Join(", ", restarts)}\n{naas.Output}", exception);
        }

        List<OsomPlayer> players = [story.Player, .. customers.Select(customer => customer.Player)];
        Print(players, customers, restarts, naas.Balancer.Retries);
        players.SelectMany(player => player.Client.Exchanges).Where(exchange => exchange.IsGet && !exchange.IsGood).ShouldBeEmpty();
        customers.Sum(customer => customer.Ends).ShouldBeGreaterThan(0);
        customers.Sum(customer => customer.BrokenWrites).ShouldBeLessThanOrEqualTo(
            restarts.GetValueOrDefault("API killed") * Customers, "only what a crash cut off is lost");
        customers.ForEach(customer => customer.Dispose());
    }

    /// <summary>A service that runs all the time: whatever restarts, OpenSlice sees it active.</summary>
    private static async Task FollowAsync(OsomPlayer player, string order, Func<bool> goOn)
    {
        while (goOn())
        {
            await player.SyncAsync(Token);
            player.IsLocallyCompleted(order).ShouldBeTrue("a restart shows in no state");
            await player.CheckAsync(order, Token);
            await player.ImportAsync(Token);
            await Task.Delay(50, Token);
        }
    }

    // Each kind of end comes once in a round; which comes when is chance.
    private static async Task<Dictionary<string, int>> RestartAsync(TwoProcess naas, Random random, DateTime end, Func<bool> goOn)
    {
        (string Name, Func<Task> Act)[] kinds =
        [
            ("API stopped", () => naas.RestartApiAsync(random.Next(2), isCrash: false)),
            ("API killed", () => naas.RestartApiAsync(random.Next(2), isCrash: true)),
            ("worker stopped", () => naas.RestartWorkerAsync(isCrash: false)),
            ("worker killed", () => naas.RestartWorkerAsync(isCrash: true)),
        ];
        var counts = new Dictionary<string, int>();
        do
        {
            random.Shuffle(kinds);
            foreach (var (name, act) in kinds.TakeWhile(_ => goOn()))
            {
                await Task.Delay(random.Next(1500), Token);
                await act();
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }
        while (DateTime.UtcNow < end && goOn());

        return counts;
    }

    private static void Print(IReadOnlyList<OsomPlayer> players, IReadOnlyList<OsomCustomer> customers, Dictionary<string, int> restarts, int retries)
    {
        var reads = players.SelectMany(player => player.Client.Exchanges).Where(exchange => exchange.IsGet).ToList();
        var times = reads.Select(exchange => exchange.Took.TotalMilliseconds).Order().ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            GETs {reads.Count}, failed {reads.Count(read => !read.IsGood)}, answered by the other replica {retries}
            GET p50 {times[times.Count / 2]:F1} ms, p99 {times[times.Count * 99 / 100]:F1} ms, max {times[^1]:F1} ms
            orders {customers.Sum(customer => customer.Orders)}, changes {customers.Sum(customer => customer.Changes)}, ends {customers.Sum(customer => customer.Ends)}, writes cut off {customers.Sum(customer => customer.BrokenWrites)}
            restarts: {string.Join(", ", restarts.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}
            """));
    }
}
