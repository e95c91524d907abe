using System.Text.Json.Nodes;

namespace NaaS.ClusterHub.Tests;

/// <summary>Recordings of a real hub; tests that need them are skipped where they are absent.</summary>
internal static class Recorded
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("NAAS_SHARED") ?? Find();

    public static JsonNode Read(string path)
    {
        Assert.SkipWhen(Folder is null, "the recordings (shared/ocm/recorded, or NAAS_SHARED) are not here");
        return JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "ocm", "recorded", path)))!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "ocm", "recorded")))
            {
                return shared;
            }
        }

        return null;
    }
}
