using System.Text.Json.Nodes;

namespace NaaS.Fulfilment.Render;

/// <summary>Takes <c>List</c>s apart (<c>List</c>, <c>RoleBindingList</c> ...): a ManifestWork takes single objects only.</summary>
internal static class ObjectLists
{
    /// <summary>The object itself, or the items of a list, lists of lists included.</summary>
    public static IEnumerable<JsonObject> Flatten(JsonObject o) =>
        o.Text("kind").EndsWith("List", StringComparison.Ordinal) && o["items"] is JsonArray items
            ? items.OfType<JsonObject>().SelectMany(Flatten)
            : [o];
}
