using System.Net;
using System.Security.Cryptography;
using System.Text;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Events;

/// <summary>What the operator sees of deliveries, replay, and how listeners can know who calls them.</summary>
public sealed class DeliveryTests
{
    [Theory(Timeout = 60_000), InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Deliveries_are_visible_and_can_be_sent_again_from_an_event_on(string kind)
    {
        await using var server = await Plain.StartAsync(kind);
        await using var listener = await Listener.StartAsync();
        var hub = $"{Plain.Hub}/{(await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}","query":"eventType=ServiceCreateEvent"}""")).ShouldBe(201).Id}";
        foreach (var name in new[] { "a", "b", "c" })
        {
            await server.Web.Post(Plain.Services, Plain.Body(name));
        }

        await Until.Async(async () => (await server.Web.Get($"{hub}/delivery?state=delivered")).ShouldBe(200).Array.Count == 3);
        var second = listener.Received.Single(received => received.Body["event"]!["service"]!["name"]!.GetValue<string>() == "b").Body["eventId"]!.GetValue<string>();

        (await server.Web.Post($"{hub}/replay", $$"""{"eventId":"{{second}}"}""")).ShouldBe(202).Text("events").ShouldBe("2");

        await Until.Async(() => listener.Received.Count == 5);
        listener.Received.Skip(3).Select(received => received.Body["event"]!["service"]!["name"]!.GetValue<string>()).Order().ShouldBe(["b", "c"]);
        (await server.Web.Post($"{hub}/replay", """{"eventId":"none"}""")).ShouldBeError(404);
        (await server.Web.Get($"{Plain.Hub}/none/delivery")).ShouldBeError(404);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_delivery_that_fails_shows_its_attempts_and_the_reason()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite);
        await using var listener = await Listener.StartAsync();
        listener.Answer = _ => HttpStatusCode.Forbidden;
        var hub = $"{Plain.Hub}/{(await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}"}""")).Id}";
        await server.Web.Post(Plain.Services, Plain.Body("n"));

        await Until.Async(async () => (await server.Web.Get($"{hub}/delivery")).Array is [{ } delivery] && delivery["attempts"]!.GetValue<int>() > 0);

        var waiting = (await server.Web.Get($"{hub}/delivery?state=waiting")).Array.ShouldHaveSingleItem()!;
        waiting["lastError"]!.GetValue<string>().ShouldBe("answered 403");
        waiting["nextAttempt"]!.GetValue<string>().ShouldEndWith("Z");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_listener_can_check_the_signature_and_the_token()
    {
        await using var server = await Plain.StartAsync(Database.Sqlite, ("Callbacks:SigningKey", "k3y"), ("Callbacks:BearerToken", "t0ken"));
        await using var listener = await Listener.StartAsync();
        await server.Web.Post(Plain.Hub, $$"""{"callback":"{{listener.Url}}"}""");
        await server.Web.Post(Plain.Services, Plain.Body("ünïcode"));

        await Until.Async(() => !listener.Received.IsEmpty);

        var (raw, headers) = listener.Raw.First();
        headers["Authorization"].ToString().ShouldBe("Bearer t0ken");
        headers["X-Hub-Signature-256"].ToString().ShouldBe($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("k3y"), raw))}");
    }
}
