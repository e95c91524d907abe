using NaaS.TmfRest.Tests.Support;

namespace NaaS.TmfRest.Tests.Routes;

/// <summary>PATCH in its four media types, entity tags, and what a patch must not touch.</summary>
public abstract class PatchTests(string kind, SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string JsonPatch = "application/json-patch+json";
    private const string JsonPatchQuery = "application/json-patch-query+json";
    private TmfServer server = null!;

    public async ValueTask InitializeAsync() => server = await shared.GetAsync(() => Plain.StartAsync(kind));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task A_merge_patch_sets_replaces_and_removes(string mediaType)
    {
        var id = await Post("""  "category":"c","note":[{"text":"one"}],"x-own":{"a":1,"b":{"c":2}}  """);

        var answer = await server.Web.Patch($"{Plain.Services}/{id}", """{"category":null,"description":"d","note":[{"text":"two"}],"x-own":{"b":{"c":null,"d":3}}}""", mediaType);

        answer.ShouldBe(200);
        answer.Object.ContainsKey("category").ShouldBeFalse();
        answer.Text("description").ShouldBe("d");
        answer.Object["note"]!.ToJsonString().ShouldBe("""[{"text":"two"}]""");
        answer.Object["x-own"]!.ToJsonString().ShouldBe("""{"a":1,"b":{"d":3}}""");
        (await server.Web.Get($"{Plain.Services}/{id}")).Object.ToJsonString().ShouldBe(answer.Object.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/name","value":"n2"}]""", "name", "n2")]
    [InlineData("""[{"op":"replace","path":"name","value":"n3"}]""", "name", "n3")]
    [InlineData("""[{"op":"test","path":"/state","value":"active"},{"op":"add","path":"/note/-","value":{"text":"third"}}]""", "note.2.text", "third")]
    [InlineData("""[{"op":"add","path":"/note/0","value":{"text":"zero"}}]""", "note.0.text", "zero")]
    [InlineData("""[{"op":"remove","path":"/note/0"}]""", "note.0.text", "two")]
    [InlineData("""[{"op":"move","from":"/note/0","path":"/note/1"}]""", "note.1.text", "one")]
    [InlineData("""[{"op":"copy","from":"/note/0/text","path":"/description"}]""", "description", "one")]
    [InlineData("""[{"op":"add","path":"/x~1y","value":1},{"op":"copy","from":"/x~1y","path":"/description~0"}]""", "description~", "1")]
    public async Task A_json_patch_changes(string patch, string path, string value)
    {
        var id = await Post("""  "note":[{"text":"one"},{"text":"two"}]  """);

        (await server.Web.Patch($"{Plain.Services}/{id}", patch, JsonPatch)).ShouldBe(200).Text(path).ShouldBe(value);
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"test","path":"/state","value":"inactive"}]""", 409)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"remove","path":"/nothing"}]""", 409)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"replace","path":"/note/7/text","value":"y"}]""", 409)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"jump","path":"/name"}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"add","path":"/name"}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"move","from":"/note","path":"/note/0"}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/name","value":"x"},{"op":"remove","path":""}]""", 400)]
    [InlineData("""[{"op":"replace","path":"","value":[]}]""", 400)]
    [InlineData("""[{"op":"replace","path":"/name","value":{"not":"text"}}]""", 400)]
    [InlineData("""[7]""", 400)]
    [InlineData("""{"op":"replace","path":"/name","value":"x"}""", 400)]
    public async Task A_json_patch_that_fails_anywhere_changes_nothing(string patch, int status)
    {
        var id = await Post("""  "note":[{"text":"one"}]  """);

        (await server.Web.Patch($"{Plain.Services}/{id}", patch, JsonPatch)).ShouldBeError(status);

        var after = await server.Web.Get($"{Plain.Services}/{id}");
        after.Text("name").ShouldBe("n");
        after.Header("ETag").ShouldBe("\"1\"");
    }

    [Theory]
    [InlineData("""[{"op":"replace","path":"/note/text?note.author=bob","value":"new"}]""")]
    [InlineData("""[{"op":"replace","path":"/note/text?note.author=bob&note.id=2","value":"new"}]""")]
    [InlineData("""[{"op":"replace","path":"/note[?(@.author=='bob')]/text","value":"new"}]""")]
    [InlineData("""[{"op":"replace","path":"$.note[?(@.author=='bob' && @.id=='2')].text","value":"new"}]""")]
    [InlineData("""[{"op":"test","path":"note[?(@.author=='bob')].id","value":"2"},{"op":"replace","path":"note[?(@.author=='bob')]","value":{"text":"new"}}]""")]
    public async Task A_patch_query_changes_the_element_that_it_selects(string patch)
    {
        var id = await Post("""  "note":[{"text":"one","author":"ann","id":"1"},{"text":"two","author":"bob","id":"2"}]  """);

        var answer = await server.Web.Patch($"{Plain.Services}/{id}", patch, JsonPatchQuery);

        answer.ShouldBe(200);
        answer.Text("note.0.text").ShouldBe("one");
        answer.Text("note.1.text").ShouldBe("new");
    }

    [Fact]
    public async Task A_patch_query_may_select_several_and_none_is_a_conflict()
    {
        var id = await Post("""  "note":[{"text":"one","author":"ann"},{"text":"two","author":"bob"},{"text":"three","author":"ann"}]  """);

        (await server.Web.Patch($"{Plain.Services}/{id}", """[{"op":"remove","path":"/note?note.author=eve"}]""", JsonPatchQuery)).ShouldBeError(409);
        (await server.Web.Patch($"{Plain.Services}/{id}", """[{"op":"remove","path":"/note?note.author=ann"}]""", JsonPatchQuery))
            .ShouldBe(200).Object["note"]!.ToJsonString().ShouldBe("""[{"author":"bob","text":"two"}]""");
    }

    [Theory]
    [InlineData("""{"serviceDate":"2020-01-01"}""", "serviceDate", "24")]
    [InlineData("""{"id":"other"}""", "id", "24")]
    [InlineData("""{"href":"http://elsewhere/"}""", "href", "24")]
    [InlineData("""{"state":null}""", "state", "23")]
    [InlineData("""{"state":"running"}""", "state", "24")]
    [InlineData("""{"note":{"text":"x"}}""", "note", "24")]
    public async Task What_must_not_change_is_refused_and_named(string patch, string named, string code)
    {
        var id = await Post("""  "serviceDate":"2026-01-01"  """);

        (await server.Web.Patch($"{Plain.Services}/{id}", patch)).ShouldBeError(400, code).Text("message").ShouldContain(named);
    }

    [Fact]
    public async Task A_protected_attribute_with_its_present_value_is_accepted_and_a_patch_without_effect_makes_no_version()
    {
        var id = await Post("""  "serviceDate":"2026-01-01"  """);
        var before = await server.Web.Get($"{Plain.Services}/{id}");

        var answer = await server.Web.Patch($"{Plain.Services}/{id}", before.Object.ToJsonString());

        answer.ShouldBe(200);
        answer.Header("ETag").ShouldBe(before.Header("ETag"));
        answer.Header("Last-Modified").ShouldBe(before.Header("Last-Modified"));
    }

    [Fact]
    public async Task Without_the_tag_of_the_present_version_nothing_is_changed_or_deleted()
    {
        var id = await Post("");
        (await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"a"}""", headers: ("If-Match", "\"1\""))).ShouldBe(200).Header("ETag").ShouldBe("\"2\"");

        (await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"b"}""", headers: ("If-Match", "\"1\""))).ShouldBeError(412);
        (await server.Web.Delete($"{Plain.Services}/{id}", ("If-Match", "\"1\""))).ShouldBeError(412);
        (await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"b"}""", headers: ("If-Match", "nonsense"))).ShouldBeError(400, "26");
        (await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"c"}""", headers: ("If-Match", "\"7\", \"2\""))).ShouldBe(200);
        (await server.Web.Patch($"{Plain.Services}/{id}", """{"description":"d"}""", headers: ("If-Match", "*"))).ShouldBe(200);
        (await server.Web.Delete($"{Plain.Services}/{id}")).ShouldBe(204);
        (await server.Web.Get($"{Plain.Services}/{id}")).ShouldBeError(404, "60");
    }

    [Fact]
    public async Task A_reader_who_has_the_present_version_gets_no_body()
    {
        var id = await Post("");

        (await server.Web.Get($"{Plain.Services}/{id}", ("If-None-Match", "\"1\""))).ShouldBe(304).Body.ShouldBeNull();
        (await server.Web.Get($"{Plain.Services}/{id}", ("If-None-Match", "\"2\""))).ShouldBe(200);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_change_of_many_at_once_is_lost()
    {
        var id = await Post("""  "note":[]  """);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            server.Web.Patch($"{Plain.Services}/{id}", $$$"""[{"op":"add","path":"/note/-","value":{"text":"{{{number}}}"}}]""", JsonPatch)));

        answers.ShouldAllBe(answer => answer.Code == 200);
        var stored = await server.Web.Get($"{Plain.Services}/{id}");
        stored.Object["note"]!.AsArray().Select(note => int.Parse(note!["text"]!.GetValue<string>())).Order().ShouldBe(Enumerable.Range(0, 20));
        stored.Header("ETag").ShouldBe("\"21\"");
    }

    private async Task<string> Post(string more) => (await server.Web.Post(Plain.Services, Plain.Body("n", more.Trim()))).ShouldBe(201).Id;
}

public sealed class SqlitePatchTests(SharedServer shared) : PatchTests(Database.Sqlite, shared);

public sealed class PostgresPatchTests(SharedServer shared) : PatchTests(Database.Postgres, shared);
