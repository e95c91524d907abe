using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NaaS.TmfRest.Events;
using NaaS.TmfRest.Storage;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Events;

/// <summary>What is old and settled goes; what is still to be told stays.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000), InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Told_events_and_old_answers_go_and_waiting_ones_stay(string kind)
    {
        await using var server = await Plain.StartAsync(kind);
        await using var listener = await Listener.StartAsync();
        (await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}"}""")).ShouldBe(201);
        var told = (await server.Web.Post(Plain.Services, Plain.Body("told"))).Id;
        await Until.Async(() => listener.Types == "ServiceCreateEvent");
        listener.Answer = _ => HttpStatusCode.ServiceUnavailable;
        await server.Web.Post(Plain.Services, Plain.Body("waiting"));
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        await Until.Async(async () => await db.Deliveries.AsNoTracking().CountAsync(row => row.State == DeliveryState.Delivered, Token) == 1);

        await EventRetention.SweepAsync(db, DateTimeOffset.UtcNow.AddDays(1), [], Token);

        (await db.Events.AsNoTracking().SingleAsync(Token)).Resource.ShouldNotContain(told);
        (await server.Web.Get($"{Plain.Services}/{told}")).ShouldBe(200);

        await EventRetention.SweepAsync(db, DateTimeOffset.UtcNow.AddDays(1), ["service"], Token);

        (await server.Web.Get($"{Plain.Services}/{told}")).ShouldBe(404);
    }
}
