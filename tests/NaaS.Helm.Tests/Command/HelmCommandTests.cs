using System.Diagnostics;
using NaaS.Helm.Charts;
using NaaS.Helm.Command;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Charts;
using NaaS.Helm.Tests.Corpus;
using NaaS.Helm.Tests.Probes;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Command;

/// <summary>The renderer that calls the real <c>helm</c> beside the built-in one: the same releases, the same refusals, the same bounds.</summary>
public class HelmCommandTests
{
    private const string Parent = "apiVersion: v2\nname: web\nversion: 1.2.3\nkubeVersion: '>=1.20'\ndependencies: [{name: sub, version: 1.x, alias: other, condition: other.enabled}]\n";

    private static readonly string[] WholeChart =
    [
        "Chart.yaml", Parent,
        "values.yaml", "name: default\nmany: [1, 2]\nother: {enabled: true}\n",
        "values.schema.json", """{"properties": {"name": {"type": "string"}}}""",
        "crds/thing.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.org}\n",
        ".helmignore", "templates/service.yaml\n",
        "conf/a.txt", "año\n",
        "templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}\n---\n# comment only\n",
        "templates/config.yaml", """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            data:
              all: |
                {{- toYaml .Values | nindent 4 }}
              file: {{ .Files.Get "conf/a.txt" | quote }}
              upgrade: {{ .Release.IsUpgrade | quote }}
              kube: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.APIVersions.Has "example.org/v1" }}
            """,
        "templates/hooks.yaml", "kind: Job\nmetadata: {name: b, annotations: {helm.sh/hook: 'pre-install,post-upgrade', helm.sh/hook-weight: '3'}}\n---\nkind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n",
        "templates/webhook.yaml", "kind: ValidatingWebhookConfiguration\nmetadata: {name: w}\n---\nkind: Zoo\nmetadata: {name: z}\n---\nkind: APIService\nmetadata: {name: a}\n",
        "templates/NOTES.txt", "Hello {{ .Values.name }},\n---\n\"quoted\" <b> {{ .Values.nothing }} año\n",
        "charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "charts/sub/values.yaml", "x: 1\n",
        "charts/sub/templates/s.yaml", "kind: Secret\nmetadata: {name: {{ .Chart.Name }}}\nx: {{ .Values.x }}\n",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HelmCommandRenderer Helm()
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        return new HelmCommandRenderer(new() { Program = RealHelm.Command });
    }

    public static TheoryData<string> Charts => new("cert-manager", "podinfo", "kube-prometheus-stack", "harbor", "traefik", "postgresql");

    [Fact]
    public async Task A_release_is_the_one_that_the_built_in_renderer_makes()
    {
        var request = SmallChart.Request("name: \"año\\n---\\n\"\nnull_: null\nnumbers: [1, 2.5, 1e21, 12345678901234567890, 0x10]\nmultiline: |\n  a\n\n  ---\n   b\n") with
        {
            Set = [new("other.x", "007", SetKind.Text), new("many[1]", "{\"a\": [null, 1.5]}", SetKind.Json)],
            IsUpgrade = true,
            Capabilities = new("1.31.4", ["example.org/v1", "example.org/v1/Thing"]),
        };
        var chart = TestCharts.Read(WholeChart);
        ShouldBeSame(await Helm().RenderAsync(chart, request, Token), HelmRenderer.Render(chart, request, null, Token));
    }

    [Fact]
    public async Task Options_of_the_text_are_followed()
    {
        var chart = TestCharts.Read(WholeChart);
        foreach (var request in new[]
        {
            SmallChart.Request() with { IncludeCrds = true, NoHooks = true },
            SmallChart.Request() with { SkipTests = true },
            SmallChart.Request() with { ShowOnly = ["templates/config.yaml"] },
        })
        {
            ShouldBeSame(await Helm().RenderAsync(chart, request, Token), HelmRenderer.Render(chart, request, null, Token));
        }
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public async Task A_public_chart_renders_to_its_recorded_output(string name)
    {
        Assert.SkipWhen(SharedFolder.Helm is null, "the recordings are not here");
        var one = CorpusCase.All().First(one => one.Chart == name && one.Expected == "ok");
        var release = await Helm().RenderAsync(one.Load(), one.Request(), Token);
        Assert.Equal(await File.ReadAllTextAsync(one.OutputPath, Token), release.Text);
        var own = HelmRenderer.Render(one.Load(), one.Request(), null, Token);
        release.Notes.ShouldBe(own.Notes);
        release.Crds.Select(Shown).ShouldBe(own.Crds.Select(Shown));
        release.Hooks.Select(hook => (hook.Manifest.Source, hook.Weight)).ShouldBe(own.Hooks.Select(hook => (hook.Manifest.Source, hook.Weight)));
    }

    [Theory]
    [InlineData("a: {{ fail \"no good\" }}")]
    [InlineData("a: {{ required \"x is needed\" .Values.x }}")]
    [InlineData("a: {{ .Values.name.first }}")]
    [InlineData("a: {{ include \"nowhere\" . }}")]
    [InlineData("a: {{ nothing }}")]
    [InlineData("a: {{ if }}")]
    [InlineData("a: b: c")]
    [InlineData("- a")]
    public async Task A_refusal_has_the_same_words(string template)
    {
        var chart = TestCharts.Read("values.yaml", "name: x\n", "templates/a.yaml", template);
        var helm = Helm();
        var theirs = await Should.ThrowAsync<HelmException>(() => helm.RenderAsync(chart, SmallChart.Request(), Token));
        var ours = Should.Throw<HelmException>(() => HelmRenderer.Render(chart, SmallChart.Request(), null, Token));
        theirs.Message.TrimEnd().ShouldBe(ours.Message.TrimEnd());
        theirs.IsOfRelease.ShouldBe(ours.IsOfRelease);
    }

    [Theory]
    [InlineData("values.schema.json", """{"properties": {"name": {"type": "integer"}}}""", "at '/name'")]
    [InlineData("values.schema.json", """{"$ref": "http://127.0.0.1:9/schema.json"}""", "127.0.0.1")]
    [InlineData("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: '>=2'\n", "chart requires kubeVersion")]
    [InlineData("Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: gone, version: 1.x}]\n", "missing in charts/ directory: gone")]
    public async Task What_is_wrong_before_rendering_is_refused_without_calling_helm(string file, string text, string words)
    {
        using var never = new StandIn("touch $seen/called");
        var chart = TestCharts.Read("values.yaml", "name: x\n", file, text);
        var refusal = await Should.ThrowAsync<HelmException>(() => new HelmCommandRenderer(never.Options).RenderAsync(chart, SmallChart.Request(), Token));
        refusal.Message.ShouldContain(words);
        File.Exists(Path.Combine(never.Folder, "called")).ShouldBeFalse();
    }

    [Fact]
    public async Task Values_are_neither_on_the_command_line_nor_in_the_environment_nor_left_on_disk()
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        using var spy = new StandIn($"printf '%s\\n' \"$@\" > $seen/words; env > $seen/environment; pwd > $seen/home; stat -c %a . > $seen/mode; exec {RealHelm.Command} \"$@\"");
        var request = SmallChart.Request("password: hush-1\n") with { Set = [new("name", "hush-2", SetKind.Text), new("n", "4711000")] };
        var release = await new HelmCommandRenderer(spy.Options).RenderAsync(TestCharts.Read(WholeChart), request, Token);
        release.Text.ShouldContain("hush-1");
        release.Text.ShouldContain("hush-2");
        foreach (var seen in new[] { spy.Seen("words"), spy.Seen("environment") })
        {
            seen.ShouldNotContain("hush");
            seen.ShouldNotContain("4711000");
        }

        spy.Seen("environment").ShouldNotContain("NAAS_");
        spy.Seen("mode").Trim().ShouldBe("700");
        Directory.Exists(spy.Seen("home").Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_that_takes_too_long_is_ended_with_all_its_children()
    {
        using var slow = new StandIn("sleep 300 & echo $! > $seen/child; echo $$ > $seen/self; wait");
        var request = SmallChart.Request() with { Limits = new() { Time = TimeSpan.FromSeconds(1) } };
        var stopped = await Should.ThrowAsync<HelmException>(() => new HelmCommandRenderer(slow.Options).RenderAsync(TestCharts.Read(), request, Token));
        stopped.Message.ShouldContain("took longer than 00:00:01");
        foreach (var name in new[] { "child", "self" })
        {
            SpinWait.SpinUntil(() => !IsRunning(int.Parse(slow.Seen(name), System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(10)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("yes", "output is larger than 100000 bytes")]
    [InlineData("x=$(head -c 300000000 /dev/zero | tr '\\0' a); echo done", "more than 50000000 bytes of memory")]
    public async Task A_command_that_grows_without_end_is_stopped(string script, string words)
    {
        using var large = new StandIn(script);
        var request = SmallChart.Request() with { Limits = new() { OutputBytes = 100_000 } };
        var stopped = await Should.ThrowAsync<HelmException>(
            () => new HelmCommandRenderer(large.Options with { MemoryBytes = 50_000_000 }).RenderAsync(TestCharts.Read(), request, Token));
        stopped.Message.ShouldContain(words);
    }

    [Fact]
    public async Task A_chart_that_calls_itself_does_not_bring_the_machine_down()
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        var chart = TestCharts.Read("values.yaml", "t: '{{ tpl .Values.t . }}'\n", "templates/a.yaml", "{{ tpl .Values.t . }}");
        var renderer = new HelmCommandRenderer(new() { Program = RealHelm.Command, MemoryBytes = 300_000_000 });
        (await Should.ThrowAsync<HelmException>(() => renderer.RenderAsync(chart, SmallChart.Request(), Token))).Message.ShouldContain("bytes of memory");
    }

    [Fact]
    public async Task A_crash_is_told_in_one_line()
    {
        using var crash = new StandIn("echo 'runtime: goroutine stack exceeds' >&2; echo 'fatal error: stack overflow' >&2; echo 'goroutine 1 [running]:' >&2; exit 2");
        (await Should.ThrowAsync<HelmException>(() => new HelmCommandRenderer(crash.Options).RenderAsync(TestCharts.Read(), SmallChart.Request(), Token)))
            .Message.ShouldBe("the chart brought the helm command down: fatal error: stack overflow");
    }

    [Fact]
    public async Task A_missing_program_is_no_fault_of_the_chart()
    {
        var renderer = new HelmCommandRenderer(new() { Program = "/no/such/helm" });
        (await Should.ThrowAsync<InvalidOperationException>(() => renderer.RenderAsync(TestCharts.Read(), SmallChart.Request(), Token))).Message.ShouldContain("/no/such/helm");
        new HelmCommandOptions { Program = "/no/such/helm" }.Find().ShouldBeNull();
        new HelmCommandOptions { Program = "sh" }.Find().ShouldNotBeNull();
    }

    private static void ShouldBeSame(RenderedRelease helm, RenderedRelease own)
    {
        Assert.Equal(own.Text, helm.Text);
        helm.ToBytes().ShouldBe(own.ToBytes());
        helm.Notes.ShouldBe(own.Notes);
        helm.Manifests.Select(Shown).ShouldBe(own.Manifests.Select(Shown));
        helm.Crds.Select(Shown).ShouldBe(own.Crds.Select(Shown));
        helm.Hooks.Select(hook => (Shown(hook.Manifest), string.Join(',', hook.Events), hook.Weight, string.Join(',', hook.DeletePolicies)))
            .ShouldBe(own.Hooks.Select(hook => (Shown(hook.Manifest), string.Join(',', hook.Events), hook.Weight, string.Join(',', hook.DeletePolicies))));
    }

    private static (string, string, string) Shown(Manifest manifest) => (manifest.Source, manifest.Text, manifest.Object.ToJsonString());

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
