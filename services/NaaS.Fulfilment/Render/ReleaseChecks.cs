using System.Text.Json.Nodes;
using NaaS.Fulfilment.Bundle;

namespace NaaS.Fulfilment.Render;

/// <summary>What no hub or cluster would take, said before anything is sent.</summary>
internal static class ReleaseChecks
{
    /// <summary>Throws <see cref="RenderException"/> for an object without kind, apiVersion or name, and for an object that is rendered twice.</summary>
    public static void Check(IReadOnlyList<JsonObject> objects)
    {
        var seen = new HashSet<ObjectKey>();
        foreach (var o in objects)
        {
            var key = ObjectKey.Of(o);
            if (key.Kind.Length == 0 || o.Text("apiVersion").Length == 0)
            {
                throw new RenderException($"the chart renders an object without kind or apiVersion (name \"{key.Name}\")");
            }

            if (key.Name.Length == 0)
            {
                throw new RenderException($"the chart renders a {key.Kind} without a name");
            }

            if (!seen.Add(key))
            {
                throw new RenderException($"the chart renders {key} twice");
            }
        }
    }
}
