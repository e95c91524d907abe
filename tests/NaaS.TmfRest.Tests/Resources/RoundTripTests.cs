using System.Text.Json.Nodes;
using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Resources;

/// <summary>What clients send comes back, in TM Forum's spelling.</summary>
public abstract class RoundTripTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => Plain.StartAsync(kind));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_created_resource_has_id_address_tag_and_place()
    {
        var answer = await server.Web.Post(Plain.Services, Plain.Body("n", "\"id\":\"mine\",\"href\":\"http://evil/\""), headers: ("Host", "evil.example"));

        answer.ShouldBe(201);
        answer.Id.ShouldNotBe("mine");
        answer.Text("href").ShouldBe($"{server.Root}{Plain.Services}/{answer.Id}");
        answer.Header("Location").ShouldBe(answer.Text("href"));
        answer.Header("ETag").ShouldBe("\"1\"");
        answer.Header("Last-Modified").ShouldNotBeEmpty();
        answer.Object.First().Key.ShouldBe("id");
    }

    [Fact]
    public async Task Extensions_survive_at_every_level()
    {
        const string More = """
            "@type":"EdgeService","@baseType":"Service","@schemaLocation":"https://schemas/edge.json","x-rack":{"row":[1,2.5,null,true,"t"]},
            "note":[{"text":"n","x-mood":"fine","@type":"MoodNote"}],"serviceCharacteristic":[{"name":"c","value":{"deep":[{"er":1e3}]},"x-unit":"m"}]
            """;

        var answer = await server.Web.Post(Plain.Services, Plain.Body("n", More));

        var sent = JsonNode.Parse(Plain.Body("n", More))!.AsObject();
        var back = (await server.Web.Get($"{Plain.Services}/{answer.Id}")).Object;
        foreach (var (name, value) in sent)
        {
            JsonNode.DeepEquals(back[name], value).ShouldBeTrue($"{name}: {back[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_resource_is_read_as_it_was_answered_when_it_was_made_alone_and_in_lists()
    {
        const string More = """ "description":"<é> \"quoted\" \\ \u2028 \ud83d\ude00","serviceCharacteristic":[{"name":"c","value":1.50}] """;
        var name = $"n{Guid.NewGuid():N}";
        var made = await server.Web.Post(Plain.Services, Plain.Body(name, More));

        var read = await server.Web.Get($"{Plain.Services}/{made.Id}");
        var listed = await server.Web.Get($"{Plain.Services}?name={name}");
        var reduced = await server.Web.Get($"{Plain.Services}?name={name}&fields=description");

        read.Object.ToJsonString().ShouldBe(made.Object.ToJsonString());
        listed.Array.Single()!.ToJsonString().ShouldBe(made.Object.ToJsonString());
        read.Header("ETag").ShouldBe(made.Header("ETag"));
        reduced.Array.Single()!.AsObject().Select(attribute => attribute.Key).ShouldBe(["id", "href", "description"]);
        reduced.Array.Single()!["description"]!.ToString().ShouldBe(read.Text("description"));
        (await server.Web.Get($"{Plain.Services}?name=none-of-these")).Array.ShouldBeEmpty();
    }

    [Fact]
    public async Task Input_is_lenient_and_output_exact()
    {
        const string Order = """
            {"orderItem":[{"id":"1","action":"ADD","state":"INPROGRESS","quantity":"2","service":{"state":"Active","serviceCharacteristic":null},
              "orderItemRelationship":[{"relationshipType":"dependency","orderItem":{"itemId":"0"}}]}],
             "requestedStartDate":"2026-11-24T09:00Z","requestedCompletionDate":"2026-12-24T09:00:00.123456789+02:00","externalId":null}
            """;

        var answer = await server.Web.Post("/tmf-api/serviceOrdering/v4/serviceOrder", Order);

        answer.ShouldBe(201);
        answer.Object.ContainsKey("orderItem").ShouldBeFalse();
        answer.Object.ContainsKey("externalId").ShouldBeFalse();
        answer.Text("serviceOrderItem.0.action").ShouldBe("add");
        answer.Text("serviceOrderItem.0.state").ShouldBe("inProgress");
        answer.Text("serviceOrderItem.0.quantity").ShouldBe("2");
        answer.Text("serviceOrderItem.0.service.state").ShouldBe("active");
        answer.Text("serviceOrderItem.0.serviceOrderItemRelationship.0.orderItem.itemId").ShouldBe("0");
        answer.Text("requestedStartDate").ShouldBe("2026-11-24T09:00:00Z");
        answer.Text("requestedCompletionDate").ShouldBe("2026-12-24T09:00:00.1234567+02:00");
    }

    [Fact]
    public async Task Text_in_any_script_comes_back()
    {
        var id = (await server.Web.Post(Plain.Services, Plain.Body("ünïcode 😀 \\\"quoted\\\""))).ShouldBe(201).Id;

        (await server.Web.Get($"{Plain.Services}/{id}")).Text("name").ShouldBe("ünïcode 😀 \"quoted\"");
    }
}

public sealed class SqliteRoundTripTests(SharedServer shared) : RoundTripTests(Database.Sqlite, shared);

public sealed class PostgresRoundTripTests(SharedServer shared) : RoundTripTests(Database.Postgres, shared);
