using System.Text.Json;
using NaaS.Helm.Charts;
using NaaS.Helm.Go;
using NaaS.Helm.Releases;

namespace NaaS.Helm.Tests.Probes;

/// <summary>One question that the real Helm answered: a chart, arguments, and the output or the error.</summary>
internal sealed class Probe(JsonElement json)
{
    private const string PcYaml = """
        apiVersion: v2
        name: pc
        version: 0.1.0
        appVersion: "1.2"
        description: d
        keywords: [k]
        maintainers:
        - name: m
          email: e@example.org
        annotations:
          x: "y"

        """;

    public string Id => Text("id")!;

    public bool IsExpression => Text("kind") == "expr";

    public string? Output => Text("output");

    public string? Error => Text("error");

    /// <summary>Beginning and end of an error that is too long to be recorded whole.</summary>
    public (string Prefix, string Suffix, int Length)? LongError =>
        Text("error_prefix") is { } prefix ? (prefix, Text("error_suffix")!, json.GetProperty("error_length").GetInt32()) : null;

    public static IEnumerable<Probe> All() => File.ReadLines(Path.Combine(SharedFolder.Helm!, "probes", "probes.jsonl")).Select(line => new Probe(JsonDocument.Parse(line).RootElement));

    /// <summary>Renders the probe: the template's raw text, or what helm template prints.</summary>
    public string Render()
    {
        string folder = Directory.CreateTempSubdirectory("naas-probe-").FullName;
        try
        {
            return Render(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Render(string folder)
    {
        string chartFolder = Path.Combine(folder, "ch");
        Write(chartFolder);
        var request = new ReleaseRequest
        {
            Name = "rel",
            Namespace = "demo",
            Values = [Text("values") ?? ""],
            ValuesNames = ["v.yaml"],
            Limits = new RenderLimits { Depth = 200_000, Time = TimeSpan.FromMinutes(1) },
        };
        string[] args = json.TryGetProperty("args", out var given) ? [.. given.EnumerateArray().Select(arg => arg.GetString()!)] : [];
        request = TemplateCommand.Parse(request, args, path => File.ReadAllText(Path.Combine(folder, path)));
        var chart = ChartLoader.FromFolder(chartFolder);
        return IsExpression
            ? GoString.ToText(HelmRenderer.RenderTemplates(chart, request)["pc/templates/p.yaml"])
            : HelmRenderer.Render(chart, request).Text;
    }

    private void Write(string folder)
    {
        var files = new Dictionary<string, string>();
        if (IsExpression)
        {
            files["Chart.yaml"] = PcYaml;
            files["templates/p.yaml"] = Text("template")!;
        }
        if (json.TryGetProperty("files", out var given))
        {
            foreach (var file in given.EnumerateObject())
            {
                files[file.Name] = file.Value.GetString()!;
            }
        }
        foreach (var (name, text) in files)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private string? Text(string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
