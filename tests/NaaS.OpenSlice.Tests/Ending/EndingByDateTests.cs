using System.Globalization;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Ending;

/// <summary>OpenSlice sends no termination: a service ends at the order's requestedCompletionDate, whatever happens in between.</summary>
public sealed class EndingByDateTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_date_that_comes_while_nothing_runs_is_kept_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("naas-ending-");
        try
        {
            string service;
            var end = DateTimeOffset.UtcNow.AddSeconds(4);
            await using (var first = await Naas.StartAsync([], folder))
            {
                service = await OrderAsync(first, end);
            }

            (DateTimeOffset.UtcNow < end).ShouldBeTrue("it stopped before the date came");
            await Task.Delay(end - DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
            await using var second = await Naas.StartAsync([], folder);

            await second.UntilAsync($"{Naas.Services}/{service}", one => (string?)one["state"] == "terminated");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_clock_that_is_set_back_and_forth_ends_only_what_is_due()
    {
        var clock = new ShiftedClock();
        await using var naas = await Naas.StartAsync([], clock: clock);
        var soon = await OrderAsync(naas, DateTimeOffset.UtcNow.AddHours(1));
        var later = await OrderAsync(naas, DateTimeOffset.UtcNow.AddHours(5));

        clock.Shift = TimeSpan.FromHours(-3);
        (await naas.GetAsync($"{Naas.Services}/{soon}"))["state"]!.ToString().ShouldBe("reserved");
        clock.Shift = TimeSpan.FromHours(2);
        await naas.PublishAsync("something that wakes the timers");

        await naas.UntilAsync($"{Naas.Services}/{soon}", one => (string?)one["state"] == "terminated");
        (await naas.GetAsync($"{Naas.Services}/{later}"))["state"]!.ToString().ShouldBe("reserved");
    }

    // It is to begin tomorrow, so that it ends without a worker.
    private static async Task<string> OrderAsync(Naas naas, DateTimeOffset end)
    {
        var order = Samples.Order(Samples.Item("1", await naas.PublishAsync("shop", Samples.Application)));
        order["requestedStartDate"] = DateTimeOffset.UtcNow.AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        order["requestedCompletionDate"] = end.ToString("O", CultureInfo.InvariantCulture);
        var taken = await naas.SendAsync(HttpMethod.Post, Naas.Orders, order);
        return Samples.ServiceOf(taken);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
