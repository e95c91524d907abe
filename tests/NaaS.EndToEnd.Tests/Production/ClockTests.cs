namespace NaaS.EndToEnd.Tests.Production;

/// <summary>Clocks of API and workers that jump, by libfaketime. Set NAAS_CLOCK_JUMPS to have it run; Debian's package is faketime.</summary>
[Collection(OnServers.Name)]
public sealed class ClockTests
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Clocks_that_jump_forth_and_back_lose_and_double_nothing()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("NAAS_CLOCK_JUMPS") is null, "NAAS_CLOCK_JUMPS is not set: some minutes of jumping clocks");
        File.Exists(Library).ShouldBeTrue("install Debian's package faketime");
        var clock = Path.GetTempFileName();
        await File.WriteAllTextAsync(clock, "+0", Token);
        await using var naas = await Installation.StartAsync(
            ("LD_PRELOAD", Library), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
        List<Uri> apis = [(await naas.StartApiAsync()).Address, (await naas.StartApiAsync()).Address];
        await naas.StartWorkerAsync();
        await naas.StartWorkerAsync();
        await naas.PublishAsync(apis[0]);
        await naas.SubscribeAsync(apis[0], "serviceOrdering");
        await naas.SubscribeAsync(apis[0], "serviceInventory");
        var customers = new Customers(naas, apis);
        var goesOn = true;
        var living = Enumerable.Range(0, 3).Select(i => customers.LiveAsync($"cms{i}", i, () => Volatile.Read(ref goesOn))).ToList();

        // Beyond every lease, and below the deadline of an order.
        foreach (var offset in new[] { 300, 240, 540, 500, 0 })
        {
            await Task.Delay(TimeSpan.FromSeconds(10), Token);
            await File.WriteAllTextAsync(clock, $"+{offset}", Token);
        }

        Volatile.Write(ref goesOn, false);
        await Task.WhenAll(living);

        await customers.EverythingIsRightAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(customers.Figures);
        File.Delete(clock);
    }
}
