using System.Text.Json.Nodes;

namespace NaaS.Tmf.Tests;

/// <summary>The reference folder beside the project; tests that need it are skipped where it is not.</summary>
internal static class Shared
{
    public static JsonObject Json(params string[] path) => JsonNode.Parse(System.IO.File.ReadAllText(File(path)))!.AsObject();

    private static string FileOf(string root, string[] path) => Path.Combine([root, .. path]);

    private static string File(string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Environment.GetEnvironmentVariable("NAAS_SHARED") ?? Path.Combine(folder.FullName, "shared");
            if (System.IO.File.Exists(FileOf(root, path)))
            {
                return FileOf(root, path);
            }
        }

        Assert.Skip("The reference folder is not here.");
        return "";
    }
}
