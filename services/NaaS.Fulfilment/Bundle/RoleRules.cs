using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Bundle;

/// <summary>What roles allow.</summary>
internal static class RoleRules
{
    /// <summary>Whether an object is a role that names one of these resources of an add-on's group.</summary>
    public static bool Serves(JsonObject o, string group, IReadOnlyCollection<string> resources) =>
        o.Text("kind") is "Role" or "ClusterRole"
        && o.Maps("rules").Any(rule =>
            rule.Texts("apiGroups").Contains(group)
            && rule.Texts("resources").Select(resource => resource.Split('/')[0]).Any(resource => resource == "*" || resources.Contains(resource)));

    /// <summary>Spellings of a kind's plural, for kinds whose definition is not at hand.</summary>
    public static IReadOnlyCollection<string> PluralsOf(string kind)
    {
        var lower = kind.ToLowerInvariant();
        return [lower + "s", lower + "es", lower.EndsWith('y') ? lower[..^1] + "ies" : lower];
    }
}
