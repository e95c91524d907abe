using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NaaS.TmfRest.Storage;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Events;

/// <summary>Registration at a hub, and what arrives at listeners.</summary>
public abstract class HubTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private TmfServer server = null!;
    private Listener listener = null!;

    public async ValueTask InitializeAsync()
    {
        server = await shared.GetAsync(() => Plain.StartAsync(kind));
        listener = await Listener.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = 30_000)]
    public async Task Each_change_of_a_service_arrives_in_order_with_its_envelope()
    {
        await Subscribe("");
        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"inactive"}""");
        await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"d","category":"c"}""");
        await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"d"}""");
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"active","description":"e"}""");
        await server.Web.Delete($"{Plain.Services}/{id}");

        await Until.Async(() => Of(id).Count == 6);

        Of(id).Select(body => body["eventType"]!.GetValue<string>()).ShouldBe(
        [
            "ServiceCreateEvent", "ServiceStateChangeEvent", "ServiceAttributeValueChangeEvent", "ServiceStateChangeEvent", "ServiceAttributeValueChangeEvent",
            "ServiceDeleteEvent",
        ]);
        var change = Of(id)[2];
        change["fieldPath"]!.GetValue<string>().Split(',').Order().ShouldBe(["category", "description"]);
        foreach (var name in new[] { "eventId", "eventTime", "timeOcurred", "domain", "title" })
        {
            change[name]!.GetValue<string>().ShouldNotBeEmpty(name);
        }

        change["event"]!["service"]!["description"]!.GetValue<string>().ShouldBe("d");
        change["event"]!["service"]!["href"]!.GetValue<string>().ShouldBe($"{server.Root}{Plain.Services}/{id}");
        Of(id)[5]["event"]!["service"]!["id"]!.GetValue<string>().ShouldBe(id);
        Of(id).Select(body => body["eventId"]!.GetValue<string>()).Distinct().Count().ShouldBe(6);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("eventType=ServiceStateChangeEvent", "ServiceStateChangeEvent ServiceStateChangeEvent")]
    [InlineData("eventType=servicestatechangeevent", "ServiceStateChangeEvent ServiceStateChangeEvent")]
    [InlineData("eventType=ServiceCreateEvent,ServiceDeleteEvent", "ServiceCreateEvent ServiceDeleteEvent")]
    [InlineData("eventType=ServiceCreateEvent&eventType=ServiceDeleteEvent", "ServiceCreateEvent ServiceDeleteEvent")]
    [InlineData("eventType=ServiceStateChangeEvent&event.service.state=terminated", "ServiceStateChangeEvent")]
    [InlineData("event.service.state=inactive,terminated", "ServiceStateChangeEvent ServiceStateChangeEvent ServiceDeleteEvent")]
    public async Task A_query_chooses(string query, string types)
    {
        await Subscribe(query);
        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"inactive"}""");
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"terminated"}""");
        await server.Web.Delete($"{Plain.Services}/{id}");

        await Until.Async(async () => await WaitingAsync() == 0 && Of(id).Count > 0);

        string.Join(' ', Of(id).Select(body => body["eventType"]!.GetValue<string>())).ShouldBe(types);
    }

    [Fact(Timeout = 30_000)]
    public async Task Fields_reduce_what_arrives()
    {
        await Subscribe("eventType=ServiceCreateEvent&fields=event.service.id,event.service.state");
        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;

        await Until.Async(() => Of(id).Count == 1);

        Of(id)[0]["event"]!.ToJsonString().ShouldBe($$$"""{"service":{"id":"{{{id}}}","state":"active"}}""");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_listener_that_fails_gets_each_event_once_it_answers_in_order()
    {
        listener.Answer = request => request < 2 ? request % 2 == 0 ? HttpStatusCode.InternalServerError : HttpStatusCode.Found : HttpStatusCode.Created;
        await Subscribe("");
        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;
        await server.Web.Patch($"{Plain.Services}/{id}", """{"state":"inactive"}""");

        await Until.Async(() => Of(id).Count == 2);

        Of(id).Select(body => body["eventType"]!.GetValue<string>()).ShouldBe(["ServiceCreateEvent", "ServiceStateChangeEvent"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_dead_listener_slows_nobody()
    {
        await server.Web.Post(Plain.Hub, $$"""{"callback":"http://127.0.0.1:1/dead","query":"event.service.name=slow{{listener.Url.Split(':')[2]}}"}""");
        await Subscribe("");
        var ids = new List<string>();
        for (var index = 0; index < 20; index++)
        {
            ids.Add((await server.Web.Post(Plain.Services, Plain.Body($"slow{listener.Url.Split(':')[2]}"))).Id);
        }

        await Until.Async(() => ids.TrueForAll(id => Of(id).Count == 1));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_has_left_gets_nothing_more()
    {
        var hub = await Subscribe("eventType=ServiceCreateEvent");
        (await server.Web.Delete($"{Plain.Hub}/{hub.Id}")).ShouldBe(204).Body.ShouldBeNull();
        (await server.Web.Delete($"{Plain.Hub}/{hub.Id}")).ShouldBeError(404, "60");
        await Subscribe("eventType=ServiceDeleteEvent");

        var id = (await server.Web.Post(Plain.Services, Plain.Body("n"))).Id;
        await server.Web.Delete($"{Plain.Services}/{id}");

        await Until.Async(() => Of(id).Count > 0);
        Of(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_is_answered_and_the_same_again_is_a_conflict()
    {
        var answer = await Subscribe("eventType=ServiceCreateEvent");

        answer.Text("callback").ShouldBe($"{listener.Url}/events");
        answer.Text("query").ShouldBe("eventType=ServiceCreateEvent");
        answer.Header("Location").ShouldBe($"{server.Root}{Plain.Hub}/{answer.Id}");
        (await server.Web.Post(Plain.Hub, Registration("eventType=ServiceCreateEvent"))).ShouldBeError(409);
        (await server.Web.Post(Plain.Hub, Registration("eventType=ServiceDeleteEvent"))).ShouldBe(201);
    }

    [Theory]
    [InlineData("{}", "23")]
    [InlineData("""{"callback":"not an address"}""", "24")]
    [InlineData("""{"callback":"ftp://listener.example/"}""", "24")]
    [InlineData("""{"callback":"http://user:secret@127.0.0.1/"}""", "24")]
    [InlineData("""{"callback":"http://10.1.2.3/"}""", "24")]
    [InlineData("""{"callback":"https://192.168.1.1/"}""", "24")]
    [InlineData("""{"callback":"http://169.254.169.254/latest/meta-data"}""", "24")]
    [InlineData("""{"callback":"http://[fd00::1]/"}""", "24")]
    [InlineData("""{"callback":"http://[::ffff:10.0.0.1]/"}""", "24")]
    [InlineData("""{"callback":"http://0x0a000001/"}""", "24")]
    [InlineData("""{"callback":"http://127.0.0.1/","query":"colour=red"}""", "28")]
    public async Task A_registration_that_must_not_be_is_refused(string body, string code) =>
        (await server.Web.Post(Plain.Hub, body)).ShouldBeError(400, code);

    private async Task<Answer> Subscribe(string query) => (await server.Web.Post(Plain.Hub, Registration(query))).ShouldBe(201);

    private string Registration(string query) => $$"""{"callback":"{{listener.Url}}/events","query":"{{query}}"}""";

    private List<System.Text.Json.Nodes.JsonObject> Of(string id) =>
        [.. listener.Received.Select(received => received.Body).Where(body => body["event"]!["service"]!["id"]!.GetValue<string>() == id)];

    private async Task<int> WaitingAsync()
    {
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TmfDb>();
        return await db.Deliveries.CountAsync(
            delivery => delivery.State == DeliveryState.Waiting && db.Subscriptions.Any(row => row.Id == delivery.SubscriptionId && row.Callback.StartsWith(listener.Url)),
            TestContext.Current.CancellationToken);
    }
}

public sealed class SqliteHubTests(SharedServer shared) : HubTests(Database.Sqlite, shared);

public sealed class PostgresHubTests(SharedServer shared) : HubTests(Database.Postgres, shared);
