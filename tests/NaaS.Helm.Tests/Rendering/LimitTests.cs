using System.Diagnostics;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>Templates that try to run away; each must end soon, in an error that names the bound.</summary>
public class LimitTests
{
    private const string Thirty = "{{ range until 30 }}";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("{{ tpl .Values.t . }}", "t: \"{{ tpl .Values.t . }}\"")]
    [InlineData("{{ define \"x\" }}{{ template \"x\" }}{{ end }}{{ template \"x\" }}", "")]
    [InlineData("{{ define \"x\" }}{{ include \"y\" . }}{{ end }}{{ define \"y\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}", "")]
    [InlineData("{{ define \"x\" }}{{ tpl \"{{ template `x` . }}\" . }}{{ end }}{{ template \"x\" . }}", "")]
    public void Templates_that_call_themselves_stop_at_the_depth(string template, string values) => Stops(template, nameof(RenderLimits.Depth), values);

    [Theory]
    [InlineData("{{ until 2000000000 }}")]
    [InlineData("{{ untilStep 0 9000000000000000000 1 }}")]
    [InlineData("{{ seq 1 1 100000000 }}")]
    [InlineData("{{ repeat 1000000000 \"a\" }}")]
    [InlineData("{{ randAlphaNum 1000000000 }}")]
    [InlineData("{{ randBytes 1000000000 }}")]
    [InlineData("{{ splitList \"\" (repeat 1000000 \"ab\") }}")]
    [InlineData("{{ $l := list 1 }}" + Thirty + "{{ $l = concat $l $l }}{{ end }}")]
    public void Functions_that_make_too_much_at_once_are_stopped(string template) => Stops(template, nameof(RenderLimits.Elements));

    [Theory]
    [InlineData("{{ range 2000000000 }}{{ end }}")]
    [InlineData("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}")]
    [InlineData("{{ $x := list 1 }}" + Thirty + "{{ $x = list $x $x $x $x }}{{ end }}{{ toYaml $x }}")]
    [InlineData("{{ $x := list 1 }}" + Thirty + "{{ $x = list $x $x $x $x }}{{ end }}{{ toJson $x }}")]
    [InlineData("{{ $x := dict \"a\" 1 }}" + Thirty + "{{ $x = dict \"a\" $x \"b\" $x \"c\" $x }}{{ end }}{{ merge (dict) (deepCopy $x) }}")]
    [InlineData("{{ $x := list 1 }}{{ $y := list 1 }}" + Thirty + "{{ $x = list $x $x }}{{ $y = list $y $y }}{{ end }}{{ range until 64 }}{{ $x = list $x $x }}{{ $y = list $y $y }}{{ end }}{{ deepEqual $x $y }}")]
    public void Work_without_end_stops_at_the_steps(string template) =>
        Stops(template, nameof(RenderLimits.Steps), limits: new RenderLimits { Steps = 2_000_000 });

    [Theory]
    [InlineData("{{ range until 100000 }}{{ repeat 1000 \"x\" }}{{ end }}")]
    [InlineData("{{ $x := \"ab\" }}" + Thirty + "{{ $x = printf \"%s%s\" $x $x }}{{ end }}")]
    [InlineData("{{ $x := repeat 100000 \"a\" }}{{ replace \"a\" $x $x }}")]
    [InlineData("{{ $x := repeat 100000 \"a\" }}{{ regexReplaceAll \"a\" $x $x }}")]
    [InlineData("{{ indent 1000000 (repeat 1000 \"\\n\") }}")]
    [InlineData("{{ define \"x\" }}{{ range until 1000000 }}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{ end }}{{ end }}{{ $y := include \"x\" . }}")]
    public void Texts_without_end_stop_at_the_output(string template) => Stops(template, nameof(RenderLimits.OutputBytes));

    [Theory]
    [InlineData("{{ $d := dict }}{{ range $i := until 1000000 }}{{ $_ := set $d (toString $i) (repeat 100000 \"x\") }}{{ end }}")]
    [InlineData("{{ $l := list }}{{ range $i := until 1000000 }}{{ $l = append $l (until 10000) }}{{ end }}")]
    public void Memory_without_end_stops_at_the_allocation(string template) =>
        Stops(template, nameof(RenderLimits.AllocatedBytes), limits: new RenderLimits { AllocatedBytes = 100_000_000 });

    [Theory]
    [InlineData("{{ range until 1000000 }}{{ genPrivateKey \"ecdsa\" }}{{ end }}")]
    [InlineData("{{ range until 1000000 }}{{ bcrypt \"x\" }}{{ end }}")]
    [InlineData("{{ range until 1000000 }}{{ derivePassword 1 \"long\" \"a\" \"b\" \"c\" }}{{ end }}")]
    [InlineData("{{ $x := repeat 100000 \"a\" }}{{ range until 1000000 }}{{ regexMatch \"(a|a)*(a|a)*(a|a)*b\" $x }}{{ end }}")]
    public void Slow_work_stops_at_the_time(string template) =>
        Stops(template, nameof(RenderLimits.Time), limits: new RenderLimits { Time = TimeSpan.FromMilliseconds(500), Steps = long.MaxValue });

    [Theory]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toYaml $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toJson $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ printf \"%s\" $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ quote $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ deepCopy $d }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $e := dict }}{{ $_ := set $e \"d\" $e }}{{ has $d (list $e) }}")]
    [InlineData("{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $e := dict }}{{ $_ := set $e \"d\" $e }}{{ merge $d $e }}")]
    [InlineData("{{ $l := list }}{{ range until 100000 }}{{ $l = list $l }}{{ end }}{{ toYaml $l }}")]
    [InlineData("{{ $l := list }}{{ range until 100000 }}{{ $l = list $l }}{{ end }}{{ $l }}")]
    public void Values_that_hold_themselves_are_refused(string template) => Stops(template, "rendering stopped");

    [Fact]
    public void Text_that_nests_without_end_is_refused()
    {
        Should.Throw<HelmException>(() => SmallChart.Render("{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}"))
            .Message.ShouldContain("max expression depth exceeded");
        Should.Throw<HelmException>(() => SmallChart.Render(string.Concat(Enumerable.Repeat("{{if 1}}", 600_000)))).Message.ShouldContain("nested too deeply");
        Should.Throw<HelmException>(() => SmallChart.Render("{{ regexMatch (repeat 5000 \"(\") \"a\" | toString }}{{ mustRegexMatch (repeat 5000 \"(\") \"a\" }}"))
            .Message.ShouldContain("expression nests too deeply");
    }

    [Fact]
    public void A_regular_expression_takes_linear_time()
    {
        var watch = Stopwatch.StartNew();
        SmallChart.Render("{{ $x := repeat 20000 \"a\" }}{{ regexMatch \"(a+)+$\" (print $x \"b\") }} {{ regexFind \"(x+x+)+y\" (repeat 20000 \"x\") }}").ShouldBe("false ");
        watch.Elapsed.ShouldBeLessThan(Soon);
    }

    [Theory]
    [InlineData("{{ mustRegexMatch \"((a{100}){100}){100}\" \"a\" }}")]
    [InlineData("{{ mustRegexMatch \"a{1001}\" \"a\" }}")]
    public void A_regular_expression_that_would_be_too_large_is_refused(string template) =>
        Should.Throw<HelmException>(() => SmallChart.Render(template)).Message.ShouldContain("invalid repeat count");

    [Fact]
    public void A_rendering_can_be_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var chart = SmallChart.Of(("templates/a.yaml", "{{ range until 100000 }}{{ range until 10000 }}{{ end }}{{ end }}"));
        Should.Throw<OperationCanceledException>(() =>
            HelmRenderer.Render(chart, SmallChart.Request() with { Limits = new RenderLimits { Steps = long.MaxValue, AllocatedBytes = long.MaxValue } }, cancellationToken: source.Token));
    }

    private static void Stops(string template, string bound, string values = "", RenderLimits? limits = null)
    {
        var watch = Stopwatch.StartNew();
        Should.Throw<HelmException>(() => SmallChart.Render(template, values, limits)).Message.ShouldContain(bound);
        watch.Elapsed.ShouldBeLessThan(Soon);
    }
}
