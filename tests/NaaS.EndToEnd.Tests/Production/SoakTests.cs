using System.Diagnostics;
using System.Globalization;

namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Hours of ordinary work. Set NAAS_SOAK_MINUTES; memory and handles of each process are printed at begin and end.</summary>
[Collection(OnServers.Name)]
public sealed class SoakTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    [Fact(Timeout = 36_000_000)]
    public async Task Neither_memory_nor_handles_grow()
    {
        var minutes = Environment.GetEnvironmentVariable("NAAS_SOAK_MINUTES");
        Assert.SkipWhen(minutes is null, "NAAS_SOAK_MINUTES is not set: minutes of ordinary work");
        var total = TimeSpan.FromMinutes(double.Parse(minutes!, CultureInfo.InvariantCulture));
        await using var naas = await Installation.StartAsync();
        var (api, at) = await naas.StartApiAsync();
        var (worker, _) = await naas.StartWorkerAsync();
        await naas.PublishAsync(at);
        await naas.SubscribeAsync(at, "serviceOrdering");
        await naas.SubscribeAsync(at, "serviceInventory");
        var customers = new Customers(naas, [at]);
        var since = Stopwatch.GetTimestamp();
        bool GoesOn() => Stopwatch.GetElapsedTime(since) < total;
        var living = Enumerable.Range(0, 4).Select(i => customers.ComeAndGoAsync($"cms{i}", GoesOn)).ToList();

        // Caches fill and code is compiled first.
        await Task.Delay(total / 5, Token);
        var begin = (Api: Use.Of(api), Worker: Use.Of(worker));
        await Task.WhenAll(living);
        var end = (Api: Use.Of(api), Worker: Use.Of(worker));

        await customers.EverythingIsRightAsync();
        Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total.TotalMinutes:0} minutes; {customers.Figures}"));
        Output.WriteLine($"API: {begin.Api} -> {end.Api}");
        Output.WriteLine($"Worker: {begin.Worker} -> {end.Worker}");
        foreach (var (before, after) in new[] { (begin.Api, end.Api), (begin.Worker, end.Worker) })
        {
            after.Handles.ShouldBeLessThan((before.Handles * 3 / 2) + 50);
            after.Memory.ShouldBeLessThan(before.Memory * 2);
        }
    }

    private sealed record Use(long Memory, int Handles)
    {
        public static Use Of(Executable program) => new(program.Memory, Directory.GetFiles($"/proc/{program.Id}/fd").Length);

        public override string ToString() => $"{Memory / 1024 / 1024} MB, {Handles} handles";
    }
}
