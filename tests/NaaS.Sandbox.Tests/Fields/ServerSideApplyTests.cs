using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests.Fields;

/// <summary>Server-side apply: who holds which field.</summary>
public sealed class ServerSideApplyTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps/";
    private const string Deployments = "apis/apps/v1/namespaces/default/deployments/";
    private const string RecordedOwner = "bc1660d0-f0c1-4bd4-aa50-e8488721d37f";
    private string _owner = RecordedOwner;
    private readonly HubClient _hub = new(running.Sandbox.Hub);

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task The_recorded_conflict_and_take_over_happen_as_on_a_real_server()
    {
        var before = Recordings.Read("manifestwork/22-ssa-conflict-not-forced-object.json");
        await _hub.PostAsync(Maps.TrimEnd('/') + "?fieldManager=unknown", """{"metadata":{"name":"shared"},"data":{"b":"spoke"}}""");
        await _hub.ApplyAsync(Maps + "shared", "local-admin", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared"},"data":{"a":"local"}}""");
        Compare((await _hub.GetAsync(Maps + "shared")).Body, before);

        const string config = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared"},"data":{"a":"hub","c":"hub"}}""";
        var (code, refused) = await _hub.ApplyAsync(Maps + "shared", "work-agent", config);
        code.ShouldBe(409);
        refused["message"]!.GetValue<string>().ShouldBe("Apply failed with 1 conflict: conflict with \"local-admin\": .data.a");
        refused["details"]!["causes"]!.ToJsonString().ShouldBe("""[{"reason":"FieldManagerConflict","message":"conflict with \u0022local-admin\u0022","field":".data.a"}]""");

        await _hub.ApplyAsync(Maps + "shared", "work-agent", config, force: true);
        var (_, owner) = await _hub.PostAsync(Maps.TrimEnd('/'), """{"metadata":{"name":"owner"}}""");
        _owner = owner["metadata"]!["uid"]!.GetValue<string>();
        await PatchAsAsync("work-agent", Maps + "shared",
            """{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"UID"}]}}""".Replace("UID", _owner, StringComparison.Ordinal));
        Compare((await _hub.GetAsync(Maps + "shared")).Body, Recordings.Read("manifestwork/23-ssa-forced-object.json"));

        await PatchAsAsync("unknown", Maps + "shared", """{"data":{"zzz":"foreign"}}""");
        await _hub.ApplyAsync(Maps + "shared", "work-agent", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared"},"data":{"a":"hub"}}""", force: true);
        Compare((await _hub.GetAsync(Maps + "shared")).Body, Recordings.Read("manifestwork/23-ssa-field-dropped-object.json"));
    }

    [Fact]
    public async Task The_recorded_managers_of_a_work_come_about_as_on_a_real_hub()
    {
        var recorded = Recordings.Read("manifestwork/50-hub-server-side-apply.json");
        const string path = "apis/work.open-cluster-management.io/v1/namespaces/default/manifestworks/ssaw";
        var config = new JsonObject { ["apiVersion"] = recorded["apiVersion"]!.DeepClone(), ["kind"] = "ManifestWork", ["spec"] = recorded["spec"]!.DeepClone() };
        (await _hub.ApplyAsync(path, "maestro", config.ToJsonString())).Code.ShouldBe(201);
        await PatchAsAsync("work", path, new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = recorded["metadata"]!["finalizers"]!.DeepClone() } }.ToJsonString());
        var (code, work) = await _hub.MergeAsync(path + "/status?fieldManager=work", new JsonObject { ["status"] = recorded["status"]!.DeepClone() }.ToJsonString());
        code.ShouldBe(200, work.ToJsonString());
        Managers(work).ShouldBe(Managers(recorded));
        JsonNode.DeepEquals(work["spec"], recorded["spec"]).ShouldBeTrue(work["spec"]!.ToJsonString());
        JsonNode.DeepEquals(work["status"], recorded["status"]).ShouldBeTrue(work["status"]!.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_its_manager_drops_goes_and_those_of_others_stay()
    {
        await _hub.ApplyAsync(Maps + "drop", "one", """{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"1","c":"1"}}""");
        await _hub.ApplyAsync(Maps + "drop", "two", """{"apiVersion":"v1","kind":"ConfigMap","data":{"b":"2","c":"1"}}""");
        var (_, left) = await _hub.ApplyAsync(Maps + "drop", "one", """{"apiVersion":"v1","kind":"ConfigMap","data":{}}""");
        left["data"]!.ToJsonString().ShouldBe("""{"c":"1","b":"2"}""");
        var (_, last) = await _hub.ApplyAsync(Maps + "drop", "two", """{"apiVersion":"v1","kind":"ConfigMap"}""");
        last["data"]?.ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task Applying_the_same_again_writes_nothing()
    {
        const string config = """{"apiVersion":"work.open-cluster-management.io/v1","kind":"ManifestWork","spec":{"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"}}]}}}""";
        const string path = "apis/work.open-cluster-management.io/v1/namespaces/default/manifestworks/same";
        var (created, first) = await _hub.ApplyAsync(path, "maestro", config);
        created.ShouldBe(201);
        var (again, second) = await _hub.ApplyAsync(path, "maestro", config);
        again.ShouldBe(200);
        second["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(first["metadata"]!["resourceVersion"]!.GetValue<string>());
        first["metadata"]!["managedFields"]![0]!["fieldsV1"]!.ToJsonString().ShouldBe("""{"f:spec":{"f:workload":{"f:manifests":{}}}}""");
    }

    [Fact]
    public async Task Containers_ports_and_variables_are_merged_by_their_keys()
    {
        await _hub.ApplyAsync(Deployments + "keys", "one", Deployment("""{"name":"c","image":"a:1","ports":[{"containerPort":80}],"env":[{"name":"A","value":"1"}]}"""));
        await _hub.ApplyAsync(Deployments + "keys", "two", """
            {"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[
              {"name":"c","env":[{"name":"B","value":"2"}],"ports":[{"containerPort":80,"protocol":"UDP"}]},{"name":"side","image":"s:1"}]}}}}
            """);
        var (_, merged) = await _hub.ApplyAsync(Deployments + "keys", "one", Deployment("""{"name":"c","image":"a:2","ports":[{"containerPort":80}]}"""));
        var containers = merged["spec"]!["template"]!["spec"]!["containers"]!.AsArray();
        containers.Count.ShouldBe(2);
        containers[0]!["image"]!.GetValue<string>().ShouldBe("a:2");
        containers[0]!["env"]!.ToJsonString().ShouldBe("""[{"name":"B","value":"2"}]""");
        containers[0]!["ports"]!.AsArray().Select(p => p!["protocol"]!.GetValue<string>()).ShouldBe(["TCP", "UDP"]);
    }

    [Fact]
    public async Task Replicas_left_out_belong_to_whoever_scales()
    {
        var config = Deployment("""{"name":"c","image":"a:1"}""");
        await _hub.ApplyAsync(Deployments + "scaled", "work-agent", config);
        await _hub.MergeAsync(Deployments + "scaled/scale", """{"spec":{"replicas":5}}""");
        var (_, after) = await _hub.ApplyAsync(Deployments + "scaled", "work-agent", config.Replace("a:1", "a:2", StringComparison.Ordinal), force: true);
        ((int)after["spec"]!["replicas"]!).ShouldBe(5);
        ((int)after["metadata"]!["generation"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Fields_that_the_kind_does_not_have_are_refused()
    {
        var (code, refused) = await _hub.ApplyAsync(Deployments + "bogus", "one", """{"apiVersion":"apps/v1","kind":"Deployment","spec":{"bogus":1}}""");
        code.ShouldBe(500);
        refused["message"]!.GetValue<string>()
            .ShouldBe("failed to create typed patch object (default/bogus; apps/v1, Kind=Deployment): .spec.bogus: field not declared in schema");
    }

    [Fact]
    public async Task A_manager_must_be_named()
    {
        var (code, refused) = await _hub.SendAsync("PATCH", Maps + "nameless", """{"apiVersion":"v1","kind":"ConfigMap"}""", "application/apply-patch+yaml");
        code.ShouldBe(422);
        refused["message"]!.GetValue<string>().ShouldBe("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    }

    [Fact]
    public async Task YAML_may_be_applied_too()
    {
        var (code, made) = await _hub.ApplyAsync(Maps + "yaml", "one", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: \"1\"\n  b: |\n    two\n");
        code.ShouldBe(201);
        made["data"]!.ToJsonString().ShouldBe("""{"a":"1","b":"two\n"}""");
    }

    private static string Deployment(string container) => """
        {"apiVersion":"apps/v1","kind":"Deployment","spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[ITS]}}}}
        """.Replace("ITS", container, StringComparison.Ordinal);

    private Task<(int Code, JsonObject Body)> PatchAsAsync(string manager, string path, string patch) =>
        _hub.MergeAsync($"{path}?fieldManager={manager}", patch);

    /// <summary>Compares data and managers, times and uids apart.</summary>
    private void Compare(JsonObject ours, JsonNode recorded)
    {
        ours["data"]!.AsObject().OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}").ShouldBe(
            recorded["data"]!.AsObject().OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}"));
        Managers(ours).ShouldBe(Managers(recorded));
    }

    private IEnumerable<string> Managers(JsonNode whole) => whole["metadata"]!["managedFields"]!.AsArray()
        .Select(m => $"{m!["manager"]} {m["operation"]} {m["apiVersion"]} {m["fieldsV1"]!.ToJsonString().Replace(_owner, RecordedOwner, StringComparison.Ordinal)}").Order();
}
