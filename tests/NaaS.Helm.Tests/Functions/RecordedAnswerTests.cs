using System.Text.Json;
using NaaS.Helm.Releases;
using NaaS.Helm.Tests.Rendering;

namespace NaaS.Helm.Tests.Functions;

/// <summary>
/// Single expressions with what Helm 4.1.4 made of them, in <c>answers.jsonl</c>. Each stood in a template <c>q</c> of a chart <c>pc</c>, called by
/// <c>v: {{ include "q" . | b64enc | quote }}</c>, with <see cref="Values"/> and a file <c>f.txt</c>.
/// </summary>
public class RecordedAnswerTests
{
    private const string Values = """
        i: 5
        f: 2.75
        s: hello
        u: "héllo wörld 😀"
        b: true
        l: [a, b, 3, null, 2.5]
        e: []
        m: {x: 1, y: {z: [1,2]}, w: null}
        n: null
        num: "12"
        sub: {a: {b: {c: deep}}}
        big: 123456789012

        """;

    private static readonly Dictionary<string, JsonElement> Answers = Read();

    public static TheoryData<string> Templates => new(Answers.Keys);

    [Theory]
    [MemberData(nameof(Templates))]
    public void An_expression_gives_what_helm_gave(string template)
    {
        var answer = Answers[template];
        string got;
        try
        {
            got = Render(template);
        }
        catch (HelmException error)
        {
            got = "Error: " + error.Message.Trim();
        }
        Assert.Equal(answer.TryGetProperty("output", out var output) ? output.GetString() : "Error: " + answer.GetProperty("error").GetString(), got);
    }

    private static string Render(string template)
    {
        var chart = SmallChart.Of(
            ("Chart.yaml", "apiVersion: v2\nname: pc\nversion: 0.1.0\n"),
            ("f.txt", "line1\nline2\n"),
            ("templates/p.yaml", $"{{{{ define \"q\" }}}}{template}{{{{ end }}}}v: {{{{ include \"q\" . | b64enc | quote }}}}"));
        string text = HelmRenderer.Render(chart, SmallChart.Request(Values), cancellationToken: TestContext.Current.CancellationToken).Text;
        return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text[(text.IndexOf("v: ", StringComparison.Ordinal) + 3)..].Trim().Trim('"')));
    }

    private static Dictionary<string, JsonElement> Read()
    {
        using var stream = typeof(RecordedAnswerTests).Assembly.GetManifestResourceStream("answers.jsonl")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(answer => answer.GetProperty("template").GetString()!);
    }
}
