using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Render;

namespace NaaS.Fulfilment.Place;

/// <summary>Keeps a customer's release away from what is not the customer's.</summary>
internal static class TenantGuard
{
    private const int MostNamed = 5;

    /// <summary>Throws <see cref="PlacementException"/> naming what the release may not contain.</summary>
    public static void Check(Release release, GuardOptions options)
    {
        IReadOnlyList<JsonObject> objects = [.. release.Crds, .. release.Objects, .. release.Hooks.Select(hook => hook.Object)];
        var scopes = new ObjectScopes(objects);
        var reasons = objects
            .Select(ObjectKey.Of)
            .Select(key => (Key: key, Reason: ReasonAgainst(key, release.Namespace, scopes, options)))
            .Where(refused => refused.Reason is not null)
            .Select(refused => $"{refused.Key} ({refused.Reason})")
            .Prepend(NamespaceReason(release.Namespace, options) is { } reason ? $"Namespace/{release.Namespace} ({reason})" : null)
            .OfType<string>()
            .Distinct()
            .ToList();
        if (reasons.Count > 0)
        {
            var more = reasons.Count > MostNamed ? $" and {reasons.Count - MostNamed} more" : "";
            throw new PlacementException($"not allowed here: {string.Join(", ", reasons.Take(MostNamed))}{more}");
        }
    }

    private static string? ReasonAgainst(ObjectKey key, string releaseNamespace, ObjectScopes scopes, GuardOptions options)
    {
        if (options.RefusedKinds.Any(pattern => Matches(pattern, key.Kind) || Matches(pattern, $"{key.Kind}.{key.Group}")))
        {
            return "refused kind";
        }

        if (key.Kind == "Namespace" && key.Group.Length == 0)
        {
            return NamespaceReason(key.Name, options) ?? (options.ClusterScoped || key.Name == releaseNamespace ? null : "cluster-scoped");
        }

        return scopes.IsClusterScoped(key.Group, key.Kind)
            ? options.ClusterScoped ? null : "cluster-scoped"
            : NamespaceReason(key.Namespace, options);
    }

    private static string? NamespaceReason(string name, GuardOptions options)
    {
        if (options.RefusedNamespaces.Any(pattern => Matches(pattern, name)))
        {
            return "refused namespace";
        }

        return options.AllowedNamespaces.Count == 0 || options.AllowedNamespaces.Any(pattern => Matches(pattern, name))
            ? null
            : "not an allowed namespace";
    }

    private static bool Matches(string pattern, string name)
    {
        if (pattern.StartsWith('*'))
        {
            return name.EndsWith(pattern[1..], StringComparison.Ordinal);
        }

        return pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
    }
}
