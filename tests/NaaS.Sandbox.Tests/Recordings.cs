using System.Text.Json.Nodes;

namespace NaaS.Sandbox.Tests;

/// <summary>Recordings of a real OCM hub; tests that compare with them are skipped where they are absent.</summary>
internal static class Recordings
{
    /// <summary>A recorded document.</summary>
    public static JsonNode Read(string path)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the recordings of the real hub are not here");
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, path)))!;
    }

    /// <summary>Every recorded object of a kind, with the file that it stands in.</summary>
    public static IEnumerable<(string File, JsonObject Object)> Objects(string apiVersion, string kind)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the recordings of the real hub are not here");
        return Directory.EnumerateFiles(folder!, "*.json", SearchOption.AllDirectories).Order()
            .SelectMany(file => Within(JsonNode.Parse(File.ReadAllText(file))).Select(o => (Path.GetRelativePath(folder!, file), o)))
            .Where(o => o.o["apiVersion"] is JsonValue v && v.ToString() == apiVersion && o.o["kind"]?.ToString() == kind && o.o["metadata"] is JsonObject);
    }

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject map => map.Select(f => f.Value).SelectMany(Within).Prepend(map),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };

    private static string? Folder()
    {
        var start = Environment.GetEnvironmentVariable("NAAS_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null && start is null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared", "ocm", "recorded");
            start = Directory.Exists(beside) ? Path.Combine(at.FullName, "shared") : null;
        }
        var recorded = start is null ? null : Path.Combine(start, "ocm", "recorded");
        return Directory.Exists(recorded) ? recorded : null;
    }
}
