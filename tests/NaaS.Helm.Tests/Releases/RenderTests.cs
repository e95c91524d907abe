using System.Text.Json.Nodes;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Releases;

/// <summary>What a caller gets of a rendered release.</summary>
public class RenderTests
{
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
    private const string Deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: {{ .Values.replicas }}}\n";

    [Fact]
    public void Manifests_come_in_install_order_as_objects_with_their_source()
    {
        var release = Render(SmallChart.Of(("templates/a.yaml", Deployment), ("templates/b.yaml", Service)), SmallChart.Request("replicas: 2"));
        release.Manifests.Select(manifest => manifest.Source).ShouldBe(["web/templates/b.yaml", "web/templates/a.yaml"]);
        release.Manifests[1].Object["spec"]!["replicas"]!.GetValue<long>().ShouldBe(2);
        release.Manifests[0].Text.ShouldBe(Service.TrimEnd());
    }

    [Fact]
    public void Hooks_come_apart_in_the_order_in_which_they_run()
    {
        static string Job(string name, string hook, string weight, string more = "") =>
            $"kind: Job\nmetadata: {{name: {name}, annotations: {{helm.sh/hook: \"{hook}\", helm.sh/hook-weight: \"{weight}\"{more}}}}}\n";
        var release = Render(SmallChart.Of(
            ("templates/a.yaml", Job("last", "pre-install,Post-Upgrade", "5")),
            ("templates/b.yaml", Job("first", "pre-install", "-5", ", helm.sh/hook-delete-policy: \"hook-succeeded, hook-failed\"")),
            ("templates/c.yaml", Job("checked", "test", "x")),
            ("templates/d.yaml", Job("dropped", "no-such-event", "0")),
            ("templates/e.yaml", "kind: ServiceAccount\nmetadata: {name: account, annotations: {helm.sh/hook: pre-install, helm.sh/hook-weight: \"5\"}}\n")));
        release.Manifests.ShouldBeEmpty();
        release.Hooks.Select(hook => hook.Manifest.Object["metadata"]!["name"]!.GetValue<string>()).ShouldBe(["first", "checked", "account", "last"]);
        release.Hooks[0].DeletePolicies.ShouldBe(["hook-succeeded", "hook-failed"]);
        release.Hooks[1].DeletePolicies.ShouldBe(["before-hook-creation"]);
        release.Hooks[3].Events.ShouldBe(["pre-install", "post-upgrade"]);
    }

    [Fact]
    public void Crds_come_apart_and_notes_are_executed()
    {
        var release = Render(SmallChart.Of(
            ("crds/a.yaml", "kind: CustomResourceDefinition\nmetadata: {name: a}\n---\nkind: CustomResourceDefinition\nmetadata: {name: b}\n"),
            ("crds/readme.md", "not a CRD"),
            ("templates/NOTES.txt", "Hello {{ .Release.Name }}\n")));
        release.Crds.Select(crd => crd.Object["metadata"]!["name"]!.GetValue<string>()).ShouldBe(["a", "b"]);
        release.Crds[0].Source.ShouldBe("web/crds/a.yaml");
        release.Notes.ShouldBe("Hello rel\n");
        release.Text.ShouldBe("\n");
    }

    [Fact]
    public void Texts_beyond_ascii_come_back_as_they_went_in()
    {
        var release = Render(SmallChart.Of(("templates/a.yaml", "kind: ConfigMap\nmetadata: {name: ü}\nx: {{ .Values.x | quote }}\n")), SmallChart.Request("x: 日本😀"));
        release.Manifests[0].Object["x"]!.GetValue<string>().ShouldBe("日本😀");
        release.Text.ShouldContain("x: \"日本😀\"");
    }

    [Fact]
    public void Lookup_answers_from_what_the_caller_knows()
    {
        var chart = SmallChart.Of(("templates/a.yaml", "kind: A\nfound: {{ (lookup \"v1\" \"Secret\" \"demo\" \"s\").data.n }}\nlost: {{ lookup \"v1\" \"Secret\" \"demo\" \"t\" | toJson }}\n"));
        var request = SmallChart.Request() with
        {
            Lookup = (apiVersion, kind, space, name) => (apiVersion, kind, space, name) == ("v1", "Secret", "demo", "s") ? new JsonObject { ["data"] = new JsonObject { ["n"] = 1000000 } } : null,
        };
        Render(chart, request).Text.ShouldContain("found: 1000000\nlost: {}");
    }

    [Fact]
    public async Task Many_threads_may_render_one_chart()
    {
        var chart = SmallChart.Of(
            ("templates/_h.tpl", "{{ define \"x\" }}{{ range until 50 }}{{ tpl \"{{ .Values.replicas }}\" $ }},{{ end }}{{ end }}"),
            ("templates/a.yaml", Deployment + "text: {{ include \"x\" . }}\n"));
        string[] expected = [.. Enumerable.Range(0, 8).Select(i => Render(chart, SmallChart.Request($"replicas: {i}")).Text)];
        var token = TestContext.Current.CancellationToken;
        var texts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Render(chart, SmallChart.Request($"replicas: {i % 8}")).Text, token)));
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i].ShouldBe(expected[i % 8]);
        }
    }

    private static RenderedRelease Render(Chart chart, ReleaseRequest? request = null) =>
        HelmRenderer.Render(chart, request ?? SmallChart.Request(), cancellationToken: TestContext.Current.CancellationToken);
}
