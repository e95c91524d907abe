using System.Globalization;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Ending;

/// <summary>OpenSlice sends no termination: a service ends at the order's requestedCompletionDate, whatever happens in between.</summary>
public sealed class EndingByDateTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_date_that_came_while_nothing_ran_is_kept_at_the_next_start_whatever_the_clock_did_in_between()
    {
        var folder = Directory.CreateTempSubdirectory("naas-ending-");
        try
        {
            string soon, later;
            await using (var first = await Naas.StartAsync([], folder))
            {
                soon = await OrderAsync(first, DateTimeOffset.UtcNow.AddHours(1));
                later = await OrderAsync(first, DateTimeOffset.UtcNow.AddHours(5));
            }

            await using (var back = await Naas.StartAsync([], folder, new ShiftedClock(TimeSpan.FromHours(-3))))
            {
                (await back.GetAsync($"{Naas.Services}/{soon}"))["state"]!.ToString().ShouldBe("reserved");
            }

            await using var forth = await Naas.StartAsync([], folder, new ShiftedClock(TimeSpan.FromHours(2)));
            await forth.UntilAsync($"{Naas.Services}/{soon}", one => (string?)one["state"] == "terminated");
            (await forth.GetAsync($"{Naas.Services}/{later}"))["state"]!.ToString().ShouldBe("reserved");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
