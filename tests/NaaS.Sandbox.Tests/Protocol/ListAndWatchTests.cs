using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>Lists with selectors and pages, and watches that resume.</summary>
public sealed class ListAndWatchTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private readonly HubClient _hub = new(running.Sandbox.Clusters["c1"]);

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task Selectors_choose_by_label_and_by_field()
    {
        await MakeAsync("sel-a", "tier=web,env=prod");
        await MakeAsync("sel-b", "tier=db,env=prod");
        await MakeAsync("sel-c", "tier=db");
        foreach (var (query, names) in new[]
        {
            ("labelSelector=tier%3Ddb", "sel-b sel-c"), ("labelSelector=tier%21%3Ddb,env", "sel-a"), ("labelSelector=tier+in+(web,db),!env", "sel-c"),
            ("labelSelector=env+notin+(prod),tier", "sel-c"), ("fieldSelector=metadata.name%3Dsel-b", "sel-b"),
        })
        {
            var (_, list) = await _hub.GetAsync($"{Maps}?{query}");
            string.Join(' ', Names(list).Where(n => n.StartsWith("sel-", StringComparison.Ordinal))).ShouldBe(names, query);
        }
        var (code, refused) = await _hub.GetAsync(Maps + "?fieldSelector=data.x%3D1");
        code.ShouldBe(400);
        refused["message"]!.GetValue<string>().ShouldBe("field label not supported: data.x");
    }

    [Fact]
    public async Task Pages_show_the_state_of_the_first_one()
    {
        for (var i = 0; i < 5; i++)
        {
            await MakeAsync($"page-{i}", "of=pages");
        }
        var (_, first) = await _hub.GetAsync(Maps + "?labelSelector=of%3Dpages&limit=2");
        await _hub.DeleteAsync(Maps + "/page-3");
        var next = Uri.EscapeDataString(first["metadata"]!["continue"]!.GetValue<string>());
        var (_, second) = await _hub.GetAsync($"{Maps}?labelSelector=of%3Dpages&limit=2&continue={next}");
        next = Uri.EscapeDataString(second["metadata"]!["continue"]!.GetValue<string>());
        var (_, third) = await _hub.GetAsync($"{Maps}?labelSelector=of%3Dpages&limit=2&continue={next}");
        Names(first).Concat(Names(second)).Concat(Names(third)).ShouldBe(["page-0", "page-1", "page-2", "page-3", "page-4"]);
        third["metadata"]!.AsObject().ContainsKey("continue").ShouldBeFalse();
        (await _hub.GetAsync($"{Maps}?limit=2&continue=bm90LzI=")).Code.ShouldBe(410);
    }

    [Fact]
    public async Task A_watch_resumes_behind_the_version_it_names_and_ends_in_time()
    {
        var made = await MakeAsync("resume", "r=1");
        await _hub.MergeAsync(Maps + "/resume", """{"data":{"a":"1"}}""");
        var events = await Lines($"{Maps}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dresume&resourceVersion={made["metadata"]!["resourceVersion"]}");
        events.Select(e => e["type"]!.GetValue<string>()).ShouldBe(["MODIFIED"]);
    }

    [Fact]
    public async Task Objects_enter_and_leave_a_watch_with_their_labels()
    {
        var made = await MakeAsync("labelled", "colour=red");
        await _hub.MergeAsync(Maps + "/labelled", """{"metadata":{"labels":{"colour":"blue"}}}""");
        await _hub.MergeAsync(Maps + "/labelled", """{"metadata":{"labels":{"colour":"red"}}}""");
        var events = await Lines($"{Maps}?watch=1&timeoutSeconds=1&labelSelector=colour%3Dred&resourceVersion={made["metadata"]!["resourceVersion"]}");
        events.Select(e => e["type"]!.GetValue<string>()).ShouldBe(["DELETED", "ADDED"]);
    }

    [Fact]
    public async Task A_streaming_list_ends_with_a_bookmark_that_says_so()
    {
        await MakeAsync("streamed", "stream=yes");
        var events = await Lines($"{Maps}?watch=true&timeoutSeconds=1&labelSelector=stream%3Dyes&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");
        events.Select(e => e["type"]!.GetValue<string>()).ShouldBe(["ADDED", "BOOKMARK"]);
        events[1]["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.GetValue<string>().ShouldBe("true");
    }

    [Fact]
    public async Task A_list_from_the_future_is_refused()
    {
        var (code, refused) = await _hub.GetAsync(Maps + "?resourceVersion=999999999");
        code.ShouldBe(504);
        refused["message"]!.GetValue<string>().ShouldStartWith("Timeout: Too large resource version: 999999999, current: ");
    }

    [Fact]
    public async Task Only_metadata_is_sent_to_whoever_asks_for_only_that()
    {
        await MakeAsync("partial", "p=q");
        var (_, list) = await _hub.GetAsync(Maps + "?labelSelector=p%3Dq", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        list["kind"]!.GetValue<string>().ShouldBe("PartialObjectMetadataList");
        list["items"]![0]!.AsObject().Select(f => f.Key).Order().ShouldBe(["apiVersion", "kind", "metadata"]);
        (await _hub.GetAsync(Maps, "application/vnd.kubernetes.protobuf")).Code.ShouldBe(406);
    }

    private async Task<JsonObject> MakeAsync(string name, string labels)
    {
        var pairs = string.Join(',', labels.Split(',').Select(l => l.Split('=')).Select(l => $"\"{l[0]}\":\"{l[1]}\""));
        var (code, made) = await _hub.PostAsync(Maps, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + pairs + "}},\"data\":{}}");
        code.ShouldBe(201, made.ToJsonString());
        return made;
    }

    private async Task<List<JsonObject>> Lines(string path)
    {
        var lines = new List<JsonObject>();
        await foreach (var line in _hub.WatchAsync(path))
        {
            lines.Add(line);
        }
        return lines;
    }

    private static IEnumerable<string> Names(JsonObject list) => list["items"]!.AsArray().Select(i => i!["metadata"]!["name"]!.GetValue<string>());
}
