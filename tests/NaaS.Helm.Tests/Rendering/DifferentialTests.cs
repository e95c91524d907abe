using System.Globalization;
using NaaS.Helm.Charts;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Rendering;

/// <summary>
/// Random values through a chart that does to each what charts do, compared with the real Helm in the same run. <c>NAAS_HELM_CASES</c> sets how many;
/// <c>NAAS_HELM_SEED</c> where to begin.
/// </summary>
public class DifferentialTests
{
    private const int CasesPerRun = 60;
    private const int DefaultCases = 480;

    private const string Template = """
        {{- range $i, $c := .Values.cases }}
        ---
        kind: Case
        number: {{ $i }}
        yaml:
          value: {{ $c.v | toYaml | nindent 4 }}
        again: {{ $c.v | toYaml | fromYamlArray | toJson | quote }}
        json: {{ $c.v | toJson }}
        pretty: {{ $c.v | toYamlPretty | b64enc }}
        printed: {{ print $c.v | b64enc }}
        formatted: {{ printf "%v|%s|%d|%q|%T|%5v|%x|%t|%.2f|%g" $c.v $c.v $c.v $c.v $c.v $c.v $c.v $c.v $c.v $c.v | b64enc }}
        syntax: {{ printf "%#v|%+v" $c.v $c.v | b64enc }}
        text: {{ $c.v | toString | b64enc }}
        quoted: {{ $c.v | quote }}
        single: {{ $c.v | squote | b64enc }}
        kind_: {{ kindOf $c.v }}
        empty: {{ empty $c.v }} {{ if $c.v }}true{{ end }}
        number_: {{ int $c.v }} {{ int64 $c.v }} {{ float64 $c.v }} {{ add $c.v 1 }} {{ $c.v | default "none" | toString | b64enc }}
        {{- $t := toString $c.v }}
        words: {{ list (upper $t) (lower $t) (title $t) (trunc 5 $t) (snakecase $t) (camelcase $t) (kebabcase $t) (nospace $t) (initials $t) (trim $t) | toJson | b64enc }}
        more: {{ list (indent 2 $t) (replace "a" "bb" $t) (substr 1 3 (print $t "xxxx")) (abbrev 7 $t) (wrap 10 $t) (swapcase $t) (untitle $t) (splitList " " $t) (b64enc $t | b64dec) | toRawJson | b64enc }}
        escaped: {{ list (html $t) (js $t) (urlquery $t) (regexQuoteMeta $t) (sha256sum $t) (adler32sum $t) (b32enc $t) | toJson | b64enc }}
        matched: {{ list (regexReplaceAll "[^a-z0-9]+" $t "-") (regexFindAll "\\w+|é" $t -1) (regexSplit "\\s" $t -1) (regexMatch "^[\\d.]+$" $t) (regexFind "(?i)[a-f]+" $t) | toJson | b64enc }}
        {{- if kindIs "map" $c.v }}
        map: {{ list (keys $c.v | sortAlpha) (len $c.v) (merge (dict "a" 1 "z" (dict "q" 1)) $c.v) (mergeOverwrite (deepCopy $c.v) (dict "b" nil "z" (list))) (omit $c.v "a") (hasKey $c.v "name") | toJson | b64enc }}
        ranged: {{ range $k, $v := $c.v }}{{ printf "%s=%v;" $k $v | b64enc }},{{ end }}
        {{- else if kindIs "slice" $c.v }}
        list: {{ list (len $c.v) (first $c.v) (last $c.v) (rest $c.v) (initial $c.v) (reverse $c.v) (uniq $c.v) (compact $c.v) (sortAlpha $c.v) (join "," $c.v) (has "a" $c.v) (without $c.v nil 1.0) (concat $c.v $c.v) | toJson | b64enc }}
        {{- end }}
        parsed: {{ list (fromYaml $t) (fromYamlArray $t) (fromJson (toJson $c)) ($c | toYaml | fromYaml) | toJson | b64enc }}
        {{- end }}

        """;

    [Fact]
    public async Task Random_values_render_as_the_real_helm_renders_them()
    {
        Assert.SkipWhen(RealHelm.Command is null, "helm v4.1.4 is not installed");
        int cases = Setting("NAAS_HELM_CASES", DefaultCases);
        int seed = Setting("NAAS_HELM_SEED", 1);
        string folder = Directory.CreateTempSubdirectory("naas-differential-").FullName;
        try
        {
            string chartFolder = Path.Combine(folder, "web");
            Directory.CreateDirectory(Path.Combine(chartFolder, "templates"));
            File.WriteAllText(Path.Combine(chartFolder, "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 0.1.0\n");
            File.WriteAllText(Path.Combine(chartFolder, "templates", "a.yaml"), Template);
            var chart = ChartLoader.FromFolder(chartFolder);
            for (int run = 0; run * CasesPerRun < cases; run++)
            {
                await CompareAsync(chart, chartFolder, folder, seed + run);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(Chart chart, string chartFolder, string folder, int seed)
    {
        var token = TestContext.Current.CancellationToken;
        string values = new RandomValues(seed).Document(CasesPerRun);
        string path = Path.Combine(folder, $"{seed}.yaml");
        await File.WriteAllTextAsync(path, values, token);
        string expected = await RealHelm.TemplateAsync(chartFolder, path, token);
        string got = Render(chart, SmallChart.Request(values) with { ValuesNames = [path] });
        var lines = values.Split('\n');
        foreach (var (mine, theirs) in got.Split("---\n").Zip(expected.Split("---\n")))
        {
            int number = theirs.Contains("number: ", StringComparison.Ordinal)
                ? int.Parse(theirs[(theirs.IndexOf("number: ", StringComparison.Ordinal) + 8)..].Split('\n')[0], CultureInfo.InvariantCulture)
                : -1;
            Assert.True(mine == theirs, $"seed {seed}, case {number}: {lines[number + 1]}\nhelm:\n{theirs}\nours:\n{mine}");
        }
        Assert.Equal(expected, got);
    }

    private static string Render(Chart chart, ReleaseRequest request)
    {
        try
        {
            return HelmRenderer.Render(chart, request, cancellationToken: TestContext.Current.CancellationToken).Text;
        }
        catch (HelmException error)
        {
            return $"Error: {error.Message}".TrimEnd();
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
