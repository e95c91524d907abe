using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NaaS.TmfRest.Storage;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Events;

/// <summary>A listener that never answers is given up event by event; that is visible, and later events still have their chance.</summary>
public sealed class GivingUpTests
{
    [Fact(Timeout = 30_000)]
    public async Task An_event_that_nobody_takes_is_given_up_and_says_why()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite, ("Callbacks:GiveUpAfter", "00:00:02"), ("Callbacks:LongestPause", "00:00:00.1"));
        await using var listener = await Listener.StartAsync();
        listener.Answer = _ => HttpStatusCode.ServiceUnavailable;
        (await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}"}""")).ShouldBe(201);
        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;

        await Until.Async(async () => await DeliveryAsync(server) is { State: DeliveryState.GivenUp });
        var lost = (await DeliveryAsync(server))!;
        lost.LastError.ShouldBe("answered 503");
        lost.Attempts.ShouldBeGreaterThan(1);

        listener.Answer = _ => HttpStatusCode.NoContent;
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"inactive"}""");
        await Until.Async(() => listener.Types == "ServiceStateChangeEvent");
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_not_delivered_before_a_restart_is_delivered_after_it()
    {
        await using var listener = await Listener.StartAsync();
        var file = $"Data Source={Path.Combine(Path.GetTempPath(), $"naas_{Guid.NewGuid():N}.db")}";
        listener.Answer = _ => HttpStatusCode.ServiceUnavailable;
        await using (var dying = await Plain.StartAsync(Database.Sqlite, ("ConnectionStrings:Api", file)))
        {
            (await dying.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}"}""")).ShouldBe(201);
            await dying.Web.Post(Plain.Services, Plain.Body("n"));
            await Until.Async(() => listener.Requests > 0);
        }

        listener.Answer = _ => HttpStatusCode.NoContent;
        await using var next = await Plain.StartAsync(Database.Sqlite, ("ConnectionStrings:Api", file));

        await Until.Async(() => listener.Types == "ServiceCreateEvent");
    }

    [Fact]
    public async Task Loopback_can_be_forbidden_and_hosts_allowed()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite, ("Callbacks:AllowLoopback", "false"), ("Callbacks:AllowedHosts:0", "10.9.8.7"));

        (await server.Web.Post(Plain.Hub, """{"callback":"http://127.0.0.1:5000/"}""")).ShouldBeError(400, "24");
        (await server.Web.Post(Plain.Hub, """{"callback":"http://localhost:5000/"}""")).ShouldBeError(400, "24");
        (await server.Web.Post(Plain.Hub, """{"callback":"http://10.9.8.7:5000/"}""")).ShouldBe(201);
    }

    private static async Task<DeliveryRow?> DeliveryAsync(TmfServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TmfDb>().Deliveries.OrderBy(row => row.Position).FirstOrDefaultAsync(TestContext.Current.CancellationToken);
    }
}
