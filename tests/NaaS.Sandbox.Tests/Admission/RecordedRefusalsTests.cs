using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests.Admission;

/// <summary>A real hub's refusals, asked for again.</summary>
public sealed class RecordedRefusalsTests(RunningSandbox running) : IClassFixture<RunningSandbox>, IDisposable
{
    private const string Works = "apis/work.open-cluster-management.io/v1/namespaces/c1/manifestworks";
    private const string Placements = "apis/cluster.open-cluster-management.io/v1beta1/namespaces/default/placements";
    private readonly HubClient _hub = new(running.Sandbox.Hub);

    public void Dispose() => _hub.Dispose();

    [Theory]
    [InlineData("bad-name", "badname_", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"w2"}}""")]
    [InlineData("duplicate-manifest", "dup", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"w2"}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"w2"}}""")]
    [InlineData("kind-List", "list", """{"apiVersion":"v1","kind":"List","items":[]}""")]
    [InlineData("manifest-generateName", "gen", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"a-","namespace":"w2"}}""")]
    [InlineData("manifest-without-kind", "nokind", """{"metadata":{"name":"a","namespace":"w2"}}""")]
    [InlineData("manifest-without-name", "noname", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"namespace":"w2"}}""")]
    [InlineData("no-manifests", "none", "")]
    public async Task A_work_that_a_real_hub_refuses_is_refused_in_the_same_words(string recording, string name, string manifests)
    {
        await ClusterNamespaceAsync();
        await ExpectAsync($"errors/manifestwork-{recording}.json", Works,
            Work(name, manifests));
    }

    [Fact]
    public async Task A_condition_rule_needs_a_condition()
    {
        await ClusterNamespaceAsync();
        await ExpectAsync("errors/manifestwork-rule-without-condition.json", Works, """
            {"metadata":{"name":"badrule"},"spec":{"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"b"}}]},
             "manifestConfigs":[{"resourceIdentifier":{"group":"","resource":"configmaps","name":"a","namespace":"b"},"conditionRules":[{"type":"CEL","condition":"","celExpressions":["true"]}]}]}}
            """);
    }

    [Fact]
    public Task A_work_for_an_unknown_cluster_is_refused_for_its_namespace() => ExpectAsync("errors/manifestwork-namespace-missing.json",
        "apis/work.open-cluster-management.io/v1/namespaces/nosuchcluster/manifestworks",
        """{"metadata":{"name":"x"},"spec":{"workload":{"manifests":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}]}}}""");

    [Fact]
    public async Task Manifests_may_have_512000_bytes_and_not_one_more()
    {
        await ClusterNamespaceAsync();
        string Sized(string name, int size)
        {
            const string start = """{"apiVersion":"v1","data":{"a":" """;
            const string end = """ "},"kind":"ConfigMap","metadata":{"name":"a","namespace":"w2"}}""";
            var manifest = start.Trim() + new string('x', size - start.Trim().Length - end.Trim().Length) + end.Trim();
            return Work(name, manifest);
        }
        (await _hub.PostAsync(Works, Sized("fits", 512000))).Code.ShouldBe(201);
        await ExpectAsync("errors/manifestwork-just-over-limit.json", Works, Sized("over", 512001));
        await _hub.DeleteAsync(Works + "/fits");
    }

    [Fact]
    public Task A_request_of_more_than_three_megabytes_is_refused() => ExpectAsync("errors/manifestwork-without-webhook-3.2MiB.json",
        "api/v1/namespaces/default/configmaps", $$$"""{"metadata":{"name":"big"},"data":{"a":"{{{new string('x', 3_300_000)}}}"}}""");

    [Fact]
    public Task An_object_of_more_than_a_megabyte_and_a_half_does_not_fit_the_store() => ExpectAsync("errors/manifestwork-without-webhook-1.6MiB.json",
        "api/v1/namespaces/default/configmaps", $$$"""{"metadata":{"name":"big"},"data":{"a":"{{{new string('x', 1_650_000)}}}"}}""");

    [Fact]
    public Task A_placements_group_size_must_be_a_share_or_a_number() => ExpectAsync("errors/placement-bad-group.json", Placements,
        """{"metadata":{"name":"bad-group"},"spec":{"decisionStrategy":{"groupStrategy":{"clustersPerDecisionGroup":"x%"}}}}""");

    [Fact]
    public Task A_placements_weights_are_bounded() => ExpectAsync("errors/placement-bad-weight.json", Placements,
        """{"metadata":{"name":"bad-weight"},"spec":{"prioritizerPolicy":{"configurations":[{"scoreCoordinate":{"type":"BuiltIn","builtIn":"Steady"},"weight":50}]}}}""");

    [Fact]
    public Task A_binding_is_named_like_its_set() => ExpectAsync("errors/binding-name-differs.json",
        "apis/cluster.open-cluster-management.io/v1beta2/namespaces/default/managedclustersetbindings",
        """{"metadata":{"name":"other"},"spec":{"clusterSet":"default"}}""");

    private static string Work(string name, string manifests) =>
        """{"apiVersion":"work.open-cluster-management.io/v1","kind":"ManifestWork","metadata":{"name":"NAME","namespace":"c1"},"spec":{"workload":{"manifests":[ALL]}}}"""
            .Replace("NAME", name, StringComparison.Ordinal).Replace("ALL", manifests, StringComparison.Ordinal);

    private async Task ExpectAsync(string recording, string path, string body)
    {
        var recorded = Recordings.Read(recording);
        var (code, answer) = await _hub.PostAsync(path, body);
        code.ShouldBe((int)recorded["code"]!, answer.ToJsonString());
        JsonNode.DeepEquals(answer, recorded).ShouldBeTrue($"real: {recorded.ToJsonString()}\nours: {answer.ToJsonString()}");
    }

    /// <summary>The hub's namespace of a cluster comes a moment after the cluster.</summary>
    private async Task ClusterNamespaceAsync()
    {
        await foreach (var happened in _hub.WatchAsync("api/v1/namespaces?watch=true&fieldSelector=metadata.name%3Dc1&timeoutSeconds=10"))
        {
            happened["type"]!.GetValue<string>().ShouldBe("ADDED");
            return;
        }
        Assert.Fail("no namespace c1 within ten seconds");
    }
}
