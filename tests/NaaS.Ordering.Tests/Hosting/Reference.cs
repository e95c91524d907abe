using System.Text.Json.Nodes;

namespace NaaS.Testing;

/// <summary>The reference folder beside the project; tests that need it are skipped where it is not.</summary>
public static class Reference
{
    public static JsonObject Json(params string[] path) => Node(path).AsObject();

    public static JsonNode Node(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Environment.GetEnvironmentVariable("NAAS_SHARED") ?? Path.Combine(folder.FullName, "shared");
            if (File.Exists(Path.Combine([root, .. path])))
            {
                return JsonNode.Parse(File.ReadAllText(Path.Combine([root, .. path])))!;
            }
        }

        Assert.Skip("The reference folder is not here.");
        return new JsonObject();
    }
}
