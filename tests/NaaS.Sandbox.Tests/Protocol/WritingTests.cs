using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests.Protocol;

/// <summary>Creating and changing objects: versions, generations, subresources, patches, refusals.</summary>
public sealed class WritingTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Maps = "api/v1/namespaces/default/configmaps";
    private const string Works = "apis/work.open-cluster-management.io/v1/namespaces/default/manifestworks";
    private const string Deployments = "apis/apps/v1/namespaces/default/deployments";
    private readonly HubClient _hub = new(running.Sandbox.Hub);

    public void Dispose() => _hub.Dispose();

    [Fact]
    public async Task Generation_counts_changes_of_what_is_wanted_and_nothing_else()
    {
        var (_, made) = await _hub.PostAsync(Works, Work("counted"));
        Generation(made).ShouldBe(1);
        Generation((await _hub.MergeAsync(Works + "/counted", """{"metadata":{"labels":{"a":"b"}}}""")).Body).ShouldBe(1);
        Generation((await _hub.MergeAsync(Works + "/counted/status", """{"status":{"conditions":[]}}""")).Body).ShouldBe(1);
        Generation((await _hub.MergeAsync(Works + "/counted", """{"spec":{"deleteOption":{"propagationPolicy":"Orphan"}}}""")).Body).ShouldBe(2);
    }

    [Fact]
    public async Task Status_changes_only_through_its_subresource_and_that_changes_nothing_else()
    {
        await _hub.PostAsync(Works, Work("parted"));
        (await _hub.MergeAsync(Works + "/parted", """{"status":{"resourceStatus":{}}}""")).Body.ContainsKey("status").ShouldBeFalse();
        var (_, through) = await _hub.MergeAsync(Works + "/parted/status", """{"spec":{"workload":{"manifests":[]}},"status":{"resourceStatus":{"manifests":[]}}}""");
        through["status"]!.ToJsonString().ShouldBe("""{"resourceStatus":{"manifests":[]}}""");
        through["spec"]!["workload"]!["manifests"]!.AsArray().Count.ShouldBe(1);
        (await _hub.GetAsync(Works + "/parted/status")).Body["status"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_server_fills_in_what_OCM_declares_and_drops_what_it_does_not_know()
    {
        var (_, made) = await _hub.PostAsync(Works, """
            {"metadata":{"name":"filled"},"spec":{"bogus":1,"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"},"anything":{"goes":true}}]},
             "manifestConfigs":[{"resourceIdentifier":{"group":"","resource":"configmaps","name":"a","namespace":"b"},"updateStrategy":{"serverSideApply":{}}}],"deleteOption":{}}}
            """);
        made["spec"]!.AsObject().ContainsKey("bogus").ShouldBeFalse();
        made["spec"]!["workload"]!["manifests"]![0]!["anything"]!["goes"]!.GetValue<bool>().ShouldBeTrue();
        made["spec"]!["deleteOption"]!.ToJsonString().ShouldBe("""{"propagationPolicy":"Foreground"}""");
        var config = made["spec"]!["manifestConfigs"]![0]!;
        config["feedbackScrapeType"]!.GetValue<string>().ShouldBe("Poll");
        config["updateStrategy"]!["type"]!.GetValue<string>().ShouldBe("Update");
        config["updateStrategy"]!["serverSideApply"]!.ToJsonString().ShouldBe("""{"fieldManager":"work-agent"}""");
        var (code, strict) = await _hub.PostAsync(Works + "?fieldValidation=Strict", Work("strict").Replace("\"spec\":{", "\"spec\":{\"bogus\":1,", StringComparison.Ordinal));
        code.ShouldBe(400);
        strict["message"]!.GetValue<string>().ShouldBe("ManifestWork in version \"v1\" cannot be handled as a ManifestWork: strict decoding error: unknown field \"spec.bogus\"");
    }

    [Fact]
    public async Task A_custom_object_is_replaced_only_at_the_version_it_names()
    {
        var (_, made) = await _hub.PostAsync(Works, Work("versioned"));
        made["metadata"]!.AsObject().Remove("resourceVersion");
        var (code, refused) = await _hub.PutAsync(Works + "/versioned", made.ToJsonString());
        code.ShouldBe(422);
        refused["message"]!.GetValue<string>().ShouldBe("manifestworks.work.open-cluster-management.io \"versioned\" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
        made["metadata"]!["resourceVersion"] = "1";
        (await _hub.PutAsync(Works + "/versioned", made.ToJsonString())).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Writing_what_is_there_changes_no_version()
    {
        var (_, made) = await _hub.PostAsync(Maps, """{"metadata":{"name":"same"},"data":{"a":"1"}}""");
        var (_, again) = await _hub.MergeAsync(Maps + "/same", """{"data":{"a":"1"}}""");
        again["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(made["metadata"]!["resourceVersion"]!.GetValue<string>());
    }

    [Fact]
    public async Task JSON_patches_are_done_step_by_step_or_not_at_all()
    {
        await _hub.PostAsync(Maps, """{"metadata":{"name":"jp"},"data":{"a":"1","b":"2"}}""");
        var (code, patched) = await JsonPatchAsync("""
            [{"op":"test","path":"/data/a","value":"1"},{"op":"replace","path":"/data/a","value":"x"},{"op":"add","path":"/metadata/annotations","value":{}},
             {"op":"move","from":"/data/b","path":"/metadata/annotations/example.org~1b"},{"op":"copy","from":"/data/a","path":"/data/c"},{"op":"remove","path":"/data/a"}]
            """);
        code.ShouldBe(200);
        patched["data"]!.ToJsonString().ShouldBe("""{"c":"x"}""");
        patched["metadata"]!["annotations"]!.ToJsonString().ShouldBe("""{"example.org/b":"2"}""");
        (await JsonPatchAsync("""[{"op":"add","path":"/data/n","value":"1"},{"op":"remove","path":"/data/none"}]""")).Code.ShouldBe(422);
        (await JsonPatchAsync("""[{"op":"test","path":"/data/c","value":"1"}]""")).Code.ShouldBe(422);
        (await _hub.GetAsync(Maps + "/jp")).Body["data"]!.ToJsonString().ShouldBe("""{"c":"x"}""");

        Task<(int Code, JsonObject Body)> JsonPatchAsync(string steps) => _hub.SendAsync("PATCH", Maps + "/jp", steps, "application/json-patch+json");
    }

    [Fact]
    public async Task Custom_kinds_know_no_strategic_patch()
    {
        await _hub.PostAsync(Works, Work("nostrategy"));
        var (code, refused) = await _hub.SendAsync("PATCH", Works + "/nostrategy", "{}", "application/strategic-merge-patch+json");
        code.ShouldBe(415);
        refused["message"]!.GetValue<string>().ShouldBe("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    }

    [Theory]
    [InlineData("""{"replicas":"two"}""", 400, "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"selector":{"matchLabels":{"a":"c"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""", 422, "Deployment.apps \"bad\" is invalid: spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`")]
    [InlineData("""{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c"}]}}}""", 422, "Deployment.apps \"bad\" is invalid: spec.template.spec.containers[0].image: Required value")]
    [InlineData("""{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"a lot"}}}]}}}""", 400, "Deployment in version \"v1\" cannot be handled as a Deployment: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    public async Task Objects_that_a_chart_got_wrong_are_refused_as_the_real_server_refuses_them(string spec, int code, string message)
    {
        var (answered, refused) = await _hub.PostAsync(Deployments, """{"metadata":{"name":"bad"},"spec":""" + spec + "}");
        refused["message"]!.GetValue<string>().ShouldBe(message);
        answered.ShouldBe(code);
    }

    [Fact]
    public async Task A_deployments_selector_never_changes()
    {
        const string spec = """{"metadata":{"name":"immut"},"spec":{"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x","other":"other"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";
        await _hub.PostAsync(Deployments, spec);
        var (code, refused) = await _hub.MergeAsync(Deployments + "/immut", """{"spec":{"selector":{"matchLabels":{"app":null,"other":"other"}}}}""");
        code.ShouldBe(422);
        refused["message"]!.GetValue<string>().ShouldBe("Deployment.apps \"immut\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"other\":\"other\"}}: field is immutable");
    }

    [Theory]
    [InlineData("GET", "apis/example.org/v1/things", 404, "the server could not find the requested resource")]
    [InlineData("GET", "api/v1/namespaces/default/configmaps/none", 404, "configmaps \"none\" not found")]
    [InlineData("POST", "api/v1/namespaces/none/configmaps", 404, "namespaces \"none\" not found")]
    [InlineData("POST", "api/v1/configmaps", 405, "the server does not allow this method on the requested resource")]
    [InlineData("POST", "apis/apps/v1/namespaces/default/deployments", 400, "ConfigMap in version \"v1\" cannot be handled as a Deployment: converting (apps/v1.ConfigMap) to (apps/v1.Deployment): unknown conversion")]
    public async Task Wrong_roads_are_answered_as_by_the_real_server(string method, string path, int code, string message)
    {
        var (answered, refused) = await _hub.SendAsync(method, path, method == "POST" ? """{"kind":"ConfigMap","metadata":{"name":"x"}}""" : null, "application/json");
        refused["message"]!.GetValue<string>().ShouldBe(message);
        answered.ShouldBe(code);
    }

    [Fact]
    public async Task Malformed_bodies_are_refused_and_duplicate_keys_take_the_last()
    {
        (await _hub.PostAsync(Maps, "{")).Code.ShouldBe(400);
        (await _hub.PostAsync(Maps, "[]")).Code.ShouldBe(400);
        (await _hub.PostAsync(Maps, "")).Code.ShouldBe(400);
        (await _hub.SendAsync("POST", Maps, "metadata: {name: y, x: &a [*a]}", "application/yaml")).Code.ShouldBe(400);
        var (_, made) = await _hub.PostAsync(Maps, """{"metadata":{"name":"twice"},"data":{"a":"1","a":"2"}}""");
        made["data"]!.ToJsonString().ShouldBe("""{"a":"2"}""");
    }

    private static string Work(string name) =>
        """{"metadata":{"name":"NAME"},"spec":{"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"}}]}}}""".Replace("NAME", name, StringComparison.Ordinal);

    private static int Generation(JsonObject json) => (int)json["metadata"]!["generation"]!;
}
