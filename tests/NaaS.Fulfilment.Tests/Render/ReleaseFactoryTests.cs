using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Place;
using NaaS.Fulfilment.Render;
using NaaS.Fulfilment.Translate;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Fulfilment.Tests.Render;

public class ReleaseFactoryTests
{
    private static readonly DeploymentIntent Intent = new()
    {
        ServiceId = Guid.Parse("3f7a1c52-0c0e-4b0e-9f6a-5b7f4d2f1a01"),
        ReleaseName = "shop",
        Namespace = "shop-ns",
        OwnsNamespace = true,
        Chart = new(null, "x", null),
        Values = "",
        Knobs = [],
        Placement = PlacementRules.Any,
        Deadline = TimeSpan.FromMinutes(1),
        Recreate = false,
    };

    private static readonly RenderContext Context = new() { Revision = 3, Born = DateTimeOffset.UnixEpoch };

    private static Release Release(string manifests, string crds = "", params string[] hookEvents) => ReleaseFactory.ReleaseOf(
        new()
        {
            Text = "",
            Manifests = [.. Objects.Of(manifests).Select(o => new Manifest("t.yaml", "", o))],
            Crds = [.. Objects.Of(crds).Select(o => new Manifest("c.yaml", "", o))],
            Hooks = [.. hookEvents.Select(name => new Hook(
                new("h.yaml", "", Objects.One($"{{apiVersion: batch/v1, kind: Job, metadata: {{name: {name}}}}}")), [name], 1, ["before-hook-creation"]))],
        },
        Intent,
        new FetchedChart(null!, "1.2.3", "sha256:chart"));

    private static string Refused(string manifests) => Should.Throw<RenderException>(() => Release(manifests)).Message;

    [Fact]
    public void Namespaced_objects_get_the_releases_namespace_where_they_have_none_and_cluster_scoped_ones_do_not()
    {
        const string crd = "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: globals.example.com}, spec: {scope: Cluster, group: example.com, names: {kind: Global}}}";
        var release = Release(
            """
            {apiVersion: v1, kind: Secret, metadata: {name: without}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: with, namespace: other}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: role}}
            ---
            {apiVersion: example.com/v1, kind: Global, metadata: {name: custom}}
            ---
            {apiVersion: example.com/v1, kind: Local, metadata: {name: unknown}}
            """,
            crd,
            "pre-install");
        release.Objects.Select(o => ObjectKey.Of(o).ToString()).ShouldBe(["Secret/shop-ns/without", "Secret/other/with", "ClusterRole/role", "Global/custom", "Local/shop-ns/unknown"]);
        release.Crds.ShouldHaveSingleItem();
        ObjectKey.Of(release.Hooks.Single().Object).Namespace.ShouldBe("shop-ns");
        release.ChartVersion.ShouldBe("1.2.3");
        release.ChartDigest.ShouldBe("sha256:chart");
    }

    [Fact]
    public void Test_hooks_are_left_out() => Release("", "", "test", "post-upgrade").Hooks.Single().Events.ShouldBe(["post-upgrade"]);

    [Fact]
    public void Lists_are_taken_apart() => Release(
        "{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: a}}, {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: b}}]}]}")
        .Objects.Select(o => ObjectKey.Of(o).ToString()).ShouldBe(["Secret/shop-ns/a", "Secret/shop-ns/b"]);

    [Fact]
    public void The_digest_follows_what_is_rendered_and_not_the_order_of_fields()
    {
        var digest = Release("{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {x: y, z: w}}}").Digest;
        digest.ShouldMatch("^sha256:[0-9a-f]{64}$");
        Digests.Of([JsonNode.Parse("""{"b":[1,{"d":1,"c":2}],"a":null}""")]).ShouldBe(Digests.Of([JsonNode.Parse("""{"a":null,"b":[1,{"c":2,"d":1}]}""")]));
        Digests.Of([JsonNode.Parse("[1,2]")]).ShouldNotBe(Digests.Of([JsonNode.Parse("[2,1]")]));
        Release("{apiVersion: v1, kind: Secret, metadata: {name: a, labels: {x: y, z: v}}}").Digest.ShouldNotBe(digest);
    }

    [Fact]
    public void What_no_cluster_would_take_is_refused_in_plain_words()
    {
        Refused("{kind: Secret, metadata: {name: a}}").ShouldContain("without kind or apiVersion (name \"a\")");
        Refused("{apiVersion: v1, kind: Secret, metadata: {generateName: a}}").ShouldContain("a Secret without a name");
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: 5}}").ShouldContain("a Secret without a name");
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: shop-ns}}")
            .ShouldContain("Secret/shop-ns/a twice");
        Refused($"{{apiVersion: v1, kind: Secret, metadata: {{name: {new string('a', 254)}}}}}").ShouldContain("which no cluster accepts");
        Refused($"{{apiVersion: v1, kind: Service, metadata: {{name: {new string('a', 64)}}}}}").ShouldContain("which no cluster accepts");
        Refused("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: My Shop}}").ShouldContain("in the namespace \"My Shop\", which cannot exist");
        Refused($"{{apiVersion: v1, kind: Secret, metadata: {{name: a}}, data: {{a: {new string('x', 500_001)}}}}}").ShouldContain("more than the 500000");
    }

    [Fact]
    public void An_explicit_knob_beats_the_document_and_a_default_one_fills_its_silence()
    {
        var request = ReleaseFactory.RequestFor(
            Intent with
            {
                Values = "given: {a: 1}\n",
                Knobs = [new("given.a", "INTEGER", "2", false), new("given.a", "TEXT", "x", true), new("silent.b", "TEXT", "007", true)],
            },
            Context);
        request.Values.ShouldBe(["given: {a: 1}\n"]);
        request.Set.ShouldBe([new("given.a", "2", SetKind.Typed), new("silent.b", "007", SetKind.Text)]);
    }

    [Theory]
    [InlineData("INTEGER", SetKind.Typed)]
    [InlineData("BOOLEAN", SetKind.Typed)]
    [InlineData("FLOAT", SetKind.Json)]
    [InlineData("ARRAY", SetKind.Json)]
    [InlineData("TEXT", SetKind.Text)]
    [InlineData("ENUM", SetKind.Text)]
    [InlineData("", SetKind.Typed)]
    public void The_value_type_decides_how_Helm_reads_a_knob(string type, SetKind kind) =>
        KnobValues.Of(Intent with { Knobs = [new("a", type, "1", false)] }).Single().Kind.ShouldBe(kind);

    [Fact]
    public void Revision_seed_and_names_reach_the_engine()
    {
        var request = ReleaseFactory.RequestFor(Intent, Context);
        (request.Name, request.Namespace, request.Revision, request.IsUpgrade).ShouldBe(("shop", "shop-ns", 3, true));
        request.Seed.ShouldBe(new RandomSeed("3f7a1c520c0e4b0e9f6a5b7f4d2f1a01", DateTimeOffset.UnixEpoch));
        ReleaseFactory.RequestFor(Intent, Context with { Revision = 1 }).IsUpgrade.ShouldBeFalse();
    }

    [Fact]
    public void Lookup_answers_from_the_last_good_release()
    {
        var lookup = ReleaseFactory.RequestFor(Intent, Context with
        {
            Previous = Objects.Of("""
                {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: shop-ns}, data: {password: eA==}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: b, namespace: other}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: shop-ns}}
                """),
        }).Lookup!;
        lookup("v1", "Secret", "shop-ns", "a").Text("data", "password").ShouldBe("eA==");
        lookup("v1", "Secret", "shop-ns", "b").ShouldBeNull();
        lookup("v1", "Namespace", "", "shop-ns").ShouldNotBeNull();
        lookup("v1", "Secret", "", "")!.Maps("items").Count().ShouldBe(2);
        lookup("v1", "Secret", "shop-ns", "")!.Maps("items").Count().ShouldBe(1);
        lookup("v1", "ConfigMap", "shop-ns", "")?.Maps("items").ShouldBeEmpty();
    }
}
