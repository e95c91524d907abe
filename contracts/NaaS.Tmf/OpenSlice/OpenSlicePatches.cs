using System.Text.Json.Nodes;

namespace NaaS.Tmf.OpenSlice;

/// <summary>
/// Makes RFC 7396 merge patches of what OpenSlice sends: its lists hold what is new (notes) or everything (characteristics), and its order
/// items are an echo of what it read before.
/// </summary>
internal static class OpenSlicePatches
{
    private static readonly string[] OursInServices = ["id", "href", "serviceDate"];

    private static readonly string[] OursInOrders =
    [
        "id", "href", "orderDate", "startDate", "completionDate", "category", "state", "milestone", "jeopardyAlert", "errorMessage", "cancellationDate",
        "cancellationReason",
    ];

    /// <summary>A patch of a service: characteristics merge by name, notes are added, what is ours is left aside.</summary>
    public static JsonObject OfService(JsonObject stored, JsonObject patch)
    {
        Array.ForEach(OursInServices, name => patch.Remove(name));
        AddNotes(stored, patch);
        if (patch["serviceCharacteristic"] is JsonArray sent)
        {
            patch["serviceCharacteristic"] = Merged(stored["serviceCharacteristic"] as JsonArray ?? [], sent);
        }

        return patch;
    }

    /// <summary>
    /// A patch of an order: of the echoed items only <c>service.state</c> terminated says anything. Their characteristics may be old ones, so
    /// they are left aside.
    /// </summary>
    public static JsonObject OfOrder(JsonObject stored, JsonObject patch)
    {
        Array.ForEach(OursInOrders, name => patch.Remove(name));
        AddNotes(stored, patch);
        if (patch["serviceOrderItem"] is not JsonArray sent)
        {
            return patch;
        }

        var items = stored["serviceOrderItem"]?.DeepClone().AsArray() ?? [];
        foreach (var item in items.OfType<JsonObject>().Where(item => IsEnded(item, items, sent)))
        {
            item["service"]!["state"] = "terminated";
        }

        patch["serviceOrderItem"] = items;
        return patch;
    }

    private static bool IsEnded(JsonObject item, JsonArray stored, JsonArray sent)
    {
        var echo = sent.OfType<JsonObject>().FirstOrDefault(one => one.Text("id") == item.Text("id"));
        // An item that OpenSlice stored without its id comes back without.
        echo ??= stored.Count == 1 && sent is [JsonObject only] && only.Text("id").Length == 0 ? only : null;
        return item["service"] is JsonObject && echo?["service"] is JsonObject service && service.Text("state") == "terminated";
    }

    private static void AddNotes(JsonObject stored, JsonObject patch)
    {
        if (patch["note"] is JsonArray { Count: > 0 } added)
        {
            patch["note"] = new JsonArray([.. (stored["note"] as JsonArray ?? []).Concat(added).Select(note => note?.DeepClone())]);
        }
        else
        {
            patch.Remove("note");
        }
    }

    private static JsonArray Merged(JsonArray stored, JsonArray sent)
    {
        var byName = new OrderedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var one in stored.OfType<JsonObject>())
        {
            byName[one.Text("name")] = one.DeepClone().AsObject();
        }

        foreach (var one in sent.OfType<JsonObject>().Where(one => one.ContainsKey("value")))
        {
            byName[one.Text("name")] = one.DeepClone().AsObject();
        }

        return new JsonArray([.. byName.Values]);
    }
}
