using System.Text.Json.Nodes;
using NaaS.Sandbox.Store;

namespace NaaS.Sandbox.Tests.Controllers;

/// <summary>What the real Open Cluster Management answered (../shared/ocm/recorded); tests that need it are skipped where it is absent.</summary>
internal static class Recorded
{
    private static readonly HashSet<string> Varying =
        ["uid", "resourceVersion", "creationTimestamp", "lastTransitionTime", "managedFields", "deletionGracePeriodSeconds", "timeAdded"];

    public static JsonNode Read(string path)
    {
        var file = Folder() is { } folder ? Path.Combine(folder, "ocm", "recorded", path) : null;
        if (file is null || !File.Exists(file))
        {
            Assert.Skip("the recordings are not here (../shared or NAAS_SHARED)");
        }

        return JsonNode.Parse(File.ReadAllText(file))!;
    }

    /// <summary>The text without what differs between two runs: times, uids, versions; conditions by type, since their order tells nothing.</summary>
    public static string Normal(JsonNode? node) => Normalise(node)?.ToJsonString(Json.Relaxed) ?? "null";

    private static JsonNode? Normalise(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(pair => !Varying.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Key == "conditions" ? ByType(pair.Value!.AsArray()) : Normalise(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normalise)]),
        _ => node?.DeepClone(),
    };

    private static JsonArray ByType(JsonArray conditions) =>
        [.. conditions.Select(Normalise).OrderBy(condition => condition.Str("type"), StringComparer.Ordinal)];

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("NAAS_SHARED") is { Length: > 0 } set)
        {
            return set;
        }

        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "..", "shared");
            if (Directory.Exists(Path.Combine(candidate, "ocm")))
            {
                return candidate;
            }
        }

        return null;
    }
}
