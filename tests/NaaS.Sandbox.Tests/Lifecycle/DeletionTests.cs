using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests.Lifecycle;

/// <summary>Finalizers, preconditions, and owners with their dependants.</summary>
public sealed class DeletionTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private readonly HubClient _hub = new(running.Sandbox.Hub);

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task A_finalizer_holds_an_object_until_it_is_removed()
    {
        await MakeAsync("held", ""","finalizers":["example.org/hold"]""");
        var (code, held) = await _hub.DeleteAsync(Maps + "/held");
        code.ShouldBe(200);
        held["metadata"]!["deletionTimestamp"].ShouldNotBeNull();
        (await _hub.MergeAsync(Maps + "/held", """{"metadata":{"finalizers":["example.org/hold","example.org/more"]}}""")).Body["message"]!.GetValue<string>()
            .ShouldContain("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"example.org/more\"}");
        (await _hub.MergeAsync(Maps + "/held", """{"metadata":{"finalizers":null}}""")).Code.ShouldBe(200);
        (await _hub.GetAsync(Maps + "/held")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task A_precondition_protects_a_successor_of_the_same_name()
    {
        await MakeAsync("pre", "");
        var (code, refused) = await _hub.DeleteAsync(Maps + "/pre", """{"preconditions":{"uid":"other"}}""");
        code.ShouldBe(409);
        refused["message"]!.GetValue<string>().ShouldStartWith("Operation cannot be fulfilled on configmaps \"pre\": Precondition failed: UID in precondition: other, UID in object meta: ");
    }

    [Fact]
    public async Task Dependants_follow_their_last_owner()
    {
        var (one, two) = (await MakeAsync("owner-1", ""), await MakeAsync("owner-2", ""));
        await MakeAsync("owned", Owners(one, two));
        await _hub.DeleteAsync(Maps + "/owner-1");
        await UntilAsync("owned", map => map?["metadata"]!["ownerReferences"]!.AsArray().Count == 1);
        await _hub.DeleteAsync(Maps + "/owner-2");
        await UntilAsync("owned", map => map is null);
    }

    [Fact]
    public async Task An_object_of_an_owner_that_never_was_is_collected()
    {
        await MakeAsync("stray", ""","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"nobody","uid":"11111111-1111-1111-1111-111111111111"}]""");
        await UntilAsync("stray", map => map is null);
    }

    [Fact]
    public async Task Orphans_stay_without_their_owner()
    {
        var owner = await MakeAsync("parent", "");
        await MakeAsync("orphan", Owners(owner));
        await _hub.DeleteAsync(Maps + "/parent", """{"propagationPolicy":"Orphan"}""");
        await UntilAsync("parent", map => map is null);
        await UntilAsync("orphan", map => map is not null && !map["metadata"]!.AsObject().ContainsKey("ownerReferences"));
    }

    [Fact]
    public async Task In_the_foreground_an_owner_goes_after_its_dependants()
    {
        var owner = await MakeAsync("first", "");
        await MakeAsync("second", Owners(owner) + ""","finalizers":["example.org/slow"]""");
        var (_, waiting) = await _hub.DeleteAsync(Maps + "/first?propagationPolicy=Foreground");
        waiting["metadata"]!["finalizers"]!.ToJsonString().ShouldBe("""["foregroundDeletion"]""");
        await UntilAsync("second", map => map!["metadata"]!.AsObject().ContainsKey("deletionTimestamp"));
        (await _hub.GetAsync(Maps + "/first")).Code.ShouldBe(200);
        await _hub.MergeAsync(Maps + "/second", """{"metadata":{"finalizers":null}}""");
        await UntilAsync("first", map => map is null);
    }

    [Fact]
    public async Task A_collection_is_deleted_by_selector()
    {
        await MakeAsync("coll-1", ""","labels":{"c":"1"}""");
        await MakeAsync("coll-2", ""","labels":{"c":"2"}""");
        var (_, deleted) = await _hub.DeleteAsync(Maps + "?labelSelector=c%3D1");
        deleted["items"]!.AsArray().Count.ShouldBe(1);
        (await _hub.GetAsync(Maps + "/coll-2")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Nothing_new_comes_into_a_namespace_that_is_being_deleted()
    {
        await _hub.PostAsync("api/v1/namespaces", """{"metadata":{"name":"closing"}}""");
        await _hub.PostAsync("api/v1/namespaces/closing/configmaps", """{"metadata":{"name":"last","finalizers":["example.org/hold"]}}""");
        await _hub.DeleteAsync("api/v1/namespaces/closing");
        var (code, refused) = await _hub.PostAsync("api/v1/namespaces/closing/configmaps", """{"metadata":{"name":"late"}}""");
        code.ShouldBe(403);
        refused["message"]!.GetValue<string>().ShouldBe("configmaps \"late\" is forbidden: unable to create new content in namespace closing because it is being terminated");
        await _hub.MergeAsync("api/v1/namespaces/closing/configmaps/last", """{"metadata":{"finalizers":null}}""");
        await foreach (var line in _hub.WatchAsync("api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Dclosing&timeoutSeconds=10"))
        {
            if (line["type"]!.GetValue<string>() == "DELETED")
            {
                return;
            }
        }
        (await _hub.GetAsync("api/v1/namespaces/closing")).Code.ShouldBe(404);
    }

    private async Task<JsonObject> MakeAsync(string name, string meta)
    {
        var (code, made) = await _hub.PostAsync(Maps, "{\"metadata\":{\"name\":\"" + name + "\"" + meta + "}}");
        code.ShouldBe(201, made.ToJsonString());
        return made;
    }

    private static string Owners(params JsonObject[] owners) => ",\"ownerReferences\":[" + string.Join(',', owners.Select(o =>
        $$"""{"apiVersion":"v1","kind":"ConfigMap","blockOwnerDeletion":true,"name":"{{o["metadata"]!["name"]}}","uid":"{{o["metadata"]!["uid"]}}"}""")) + "]";

    /// <summary>Waits, watching, until the map (null when gone) is as wanted.</summary>
    private async Task UntilAsync(string name, Func<JsonNode?, bool> wanted)
    {
        var (code, now) = await _hub.GetAsync($"{Maps}/{name}");
        if (wanted(code == 404 ? null : now))
        {
            return;
        }
        await foreach (var line in _hub.WatchAsync($"{Maps}?watch=true&fieldSelector=metadata.name%3D{name}&timeoutSeconds=10"))
        {
            if (wanted(line["type"]!.GetValue<string>() == "DELETED" ? null : line["object"]))
            {
                return;
            }
        }
        (code, now) = await _hub.GetAsync($"{Maps}/{name}");
        wanted(code == 404 ? null : now).ShouldBeTrue($"{name}: {now.ToJsonString()}");
    }
}
