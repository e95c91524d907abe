using System.Text.Json.Nodes;

namespace NaaS.TmfRest.Patches;

/// <summary>JSON Merge Patch, RFC 7396: null removes, objects merge, everything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Changes the target.</summary>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject fields)
            {
                var inner = target[name] as JsonObject ?? [];
                target.Remove(name);
                target[name] = Apply(inner, fields);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }

        return target;
    }
}
