using System.Globalization;
using System.Text.Json.Nodes;
using NaaS.Contracts;
using NaaS.OpenSlice.Tests.Hosting;

namespace NaaS.OpenSlice.Tests.Ending;

/// <summary>The date on which a service ends by itself is set or moved while it runs: on its order, or on the service.</summary>
public sealed class MovedDateTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    // Far enough that a service is up, and its date moved, before it comes.
    private static readonly TimeSpan First = TimeSpan.FromSeconds(8);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("naas-moved-");
    private Naas naas = null!;

    public async ValueTask InitializeAsync() => naas = await Naas.StartAsync([], folder);

    public async ValueTask DisposeAsync()
    {
        await naas.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_date_that_is_set_on_a_completed_order_ends_its_service_also_across_a_restart()
    {
        var (order, service) = await RunningAsync(end: null);
        await MoveOrderAsync(order, Soon);
        await naas.DisposeAsync();
        naas = await Naas.StartAsync([], folder);

        await UntilEndingAsync(service);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_date_that_is_moved_on_holds_and_the_first_one_does_not()
    {
        var (order, service) = await RunningAsync(First);
        await MoveOrderAsync(order, TimeSpan.FromHours(1));

        await UntilItWouldHaveEndedAsync();
        (await IsEndingAsync(service)).ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_date_in_the_past_ends_nothing_and_the_one_before_it_does_not_either()
    {
        var (order, service) = await RunningAsync(First);
        await MoveOrderAsync(order, TimeSpan.FromHours(-1));

        await UntilItWouldHaveEndedAsync();
        (await IsEndingAsync(service)).ShouldBeFalse();
        (await naas.GetAsync($"{Naas.Orders}/{order}"))["note"]!.AsArray().ShouldContain(note => note!["text"]!.ToString().Contains("has passed already"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_date_that_is_set_on_the_service_ends_it()
    {
        var (_, service) = await RunningAsync(TimeSpan.FromHours(1));

        var answer = await MoveServiceAsync(service, Soon);

        answer["endDate"].ShouldNotBeNull("the date shows");
        answer["state"]!.ToString().ShouldBe("active");
        await UntilEndingAsync(service);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_later_date_on_the_service_stands_above_its_orders_until_the_order_is_moved_again()
    {
        var (order, service) = await RunningAsync(First);
        await MoveServiceAsync(service, TimeSpan.FromHours(1));
        await UntilItWouldHaveEndedAsync();
        (await IsEndingAsync(service)).ShouldBeFalse();

        await MoveOrderAsync(order, Soon);
        await UntilEndingAsync(service);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_past_date_on_the_service_and_an_echo_of_all_it_has_end_nothing()
    {
        var (_, service) = await RunningAsync(TimeSpan.FromHours(1));

        var answer = await MoveServiceAsync(service, TimeSpan.FromHours(-1));
        await naas.SendAsync(HttpMethod.Patch, $"{Naas.Services}/{service}", answer.DeepClone());

        answer["note"]!.AsArray().ShouldContain(note => note!["text"]!.ToString().Contains("endDate has passed already"));
        answer.ContainsKey("endDate").ShouldBeFalse();
        await UntilItWouldHaveEndedAsync();
        (await IsEndingAsync(service)).ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_order_that_was_to_begin_after_its_end_is_cancelled_at_the_end()
    {
        var order = Samples.Order(Samples.Item("1", await naas.PublishAsync("shop", Samples.Application)));
        order["requestedStartDate"] = In(TimeSpan.FromDays(1));
        order["requestedCompletionDate"] = In(Soon);
        var taken = await naas.SendAsync(HttpMethod.Post, Naas.Orders, order);

        await naas.UntilAsync($"{Naas.Orders}/{taken["id"]}", one => (string?)one["state"] == "CANCELLED");
        (await naas.GetAsync($"{Naas.Services}/{Samples.ServiceOf(taken)}"))["state"]!.ToString().ShouldBe("terminated");
    }

    private static string In(TimeSpan time) => (DateTimeOffset.UtcNow + time).ToString("O", CultureInfo.InvariantCulture);

    private async Task<(string Order, string Service)> RunningAsync(TimeSpan? end)
    {
        var order = Samples.Order(Samples.Item("1", await naas.PublishAsync("shop", Samples.Application)));
        order["requestedCompletionDate"] = end is { } time ? In(time) : null;
        var taken = await naas.SendAsync(HttpMethod.Post, Naas.Orders, order);
        var (id, service) = ((string)taken["id"]!, Samples.ServiceOf(taken));
        await naas.ReportAsync(service, id, (string)taken["orderItem"]![0]!["id"]!, Rollout.Good);
        await naas.UntilAsync($"{Naas.Orders}/{id}", one => (string?)one["state"] == "COMPLETED");
        return (id, service);
    }

    private Task<JsonObject> MoveOrderAsync(string order, TimeSpan end) =>
        naas.SendAsync(HttpMethod.Patch, $"{Naas.Orders}/{order}", new JsonObject { ["requestedCompletionDate"] = In(end), ["state"] = null, ["orderItem"] = null });

    private Task<JsonObject> MoveServiceAsync(string service, TimeSpan end) =>
        naas.SendAsync(HttpMethod.Patch, $"{Naas.Services}/{service}", new JsonObject { ["endDate"] = In(end), ["state"] = null, ["serviceCharacteristic"] = null });

    // The worker, which would end it, is played by nobody: what is asked of it shows in the service.
    private Task<JsonObject> UntilEndingAsync(string service) => naas.UntilAsync(Standard(service), IsEnding);

    private async Task<bool> IsEndingAsync(string service) => IsEnding(await naas.GetAsync(Standard(service)));

    private static bool IsEnding(JsonObject service) => service["serviceOrderItem"]!.AsArray().Any(one => (string?)one!["itemAction"] == "delete");

    private static string Standard(string service) => $"/tmf-api/serviceInventory/v4/service/{service}";

    // Another service whose date comes after all that were set before.
    private async Task UntilItWouldHaveEndedAsync()
    {
        var (_, service) = await RunningAsync(First);
        await UntilEndingAsync(service);
    }
}
