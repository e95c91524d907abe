using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Render;

/// <summary>Answers Helm's <c>lookup</c> from the objects of the last good revision: rendering comes before placing, so no cluster is asked.</summary>
internal sealed class PreviousObjects(IReadOnlyList<JsonObject> objects)
{
    /// <summary>The object, a list where <paramref name="name"/> is empty (an empty namespace means all), or null where nothing is found.</summary>
    public JsonObject? Find(string apiVersion, string kind, string @namespace, string name)
    {
        var found = objects.Where(o => Is(o, apiVersion, kind, @namespace, name)).Select(o => o.DeepClone()).ToArray();
        if (name.Length > 0)
        {
            return (JsonObject?)found.FirstOrDefault();
        }

        return found.Length == 0 ? null : new() { ["apiVersion"] = apiVersion, ["kind"] = kind + "List", ["items"] = new JsonArray(found) };
    }

    private static bool Is(JsonObject o, string apiVersion, string kind, string @namespace, string name) =>
        o.Text("apiVersion") == apiVersion
        && o.Text("kind") == kind
        && (@namespace.Length == 0 || o.Text("metadata", "namespace") is var own && (own.Length == 0 || own == @namespace))
        && (name.Length == 0 || o.Text("metadata", "name") == name);
}
