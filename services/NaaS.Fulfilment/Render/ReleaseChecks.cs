using System.Text;
using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;
using NaaS.Fulfilment.Translate;

namespace NaaS.Fulfilment.Render;

/// <summary>What no hub or cluster would take, said before anything is sent.</summary>
internal static class ReleaseChecks
{
    /// <summary>Most bytes of a ManifestWork's manifests; OCM refuses 512 000 and some room is for what we add.</summary>
    private const int LargestObject = 500_000;

    private const int LongestName = 253;

    /// <summary>Names of these end up in DNS or in a label.</summary>
    private static readonly HashSet<string> ShortNamed = ["Service", "Namespace"];

    /// <summary>
    /// Throws <see cref="RenderException"/> for an object without kind, apiVersion or name, with a name or namespace that cannot be, that is too large,
    /// or that is rendered twice.
    /// </summary>
    public static void Check(IReadOnlyList<JsonObject> objects)
    {
        var seen = new HashSet<ObjectKey>();
        foreach (var o in objects)
        {
            var key = ObjectKey.Of(o);
            if (Problem(o, key) is { } problem)
            {
                throw new RenderException($"the chart renders {problem}");
            }

            if (!seen.Add(key))
            {
                throw new RenderException($"the chart renders {key} twice");
            }
        }
    }

    private static string? Problem(JsonObject o, ObjectKey key)
    {
        if (key.Kind.Length == 0 || o.Text("apiVersion").Length == 0)
        {
            return $"an object without kind or apiVersion (name \"{key.Name}\")";
        }

        if (key.Name.Length == 0)
        {
            return $"a {key.Kind} without a name";
        }

        if (key.Name.Length > LongestName || (key.Group.Length == 0 && ShortNamed.Contains(key.Kind) && !ReleaseNames.IsLabel(key.Name)))
        {
            return $"a {key.Kind} with the name \"{key.Name}\", which no cluster accepts";
        }

        if (key.Namespace.Length > 0 && !ReleaseNames.IsLabel(key.Namespace))
        {
            return $"{key.Kind} {key.Name} in the namespace \"{key.Namespace}\", which cannot exist";
        }

        var bytes = Encoding.UTF8.GetByteCount(o.ToJsonString());
        return bytes > LargestObject ? $"{key} with {bytes} bytes, more than the {LargestObject} that can be delivered" : null;
    }
}
