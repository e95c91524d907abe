using System.Text.Json.Nodes;
using NaaS.OpenSlice.Osom;

namespace NaaS.OpenSlice.Push;

/// <summary>Decides what a mirrored service in OpenSlice is told.</summary>
internal static class PushDecision
{
    private const string StatusPrefix = "status.";

    /// <summary>
    /// The PATCH, or null where there is nothing to tell. State and what only we say are told where they differ. A characteristic that a customer may
    /// change is told only if OpenSlice still shows what we showed last: otherwise the customer was there in between, and that change is on its way to us.
    /// </summary>
    /// <param name="ours">Our service, as OpenSlice reads it.</param>
    /// <param name="theirs">The mirrored service.</param>
    /// <param name="before">Our service as it was told, or seen to be equal, last; null where it was not yet.</param>
    public static JsonObject? Of(JsonObject ours, JsonObject theirs, JsonObject? before)
    {
        var patch = new JsonObject();
        var state = (string?)ours["state"];
        if (state != (string?)theirs["state"] && (string?)theirs["state"] != "terminated")
        {
            patch["state"] = state;
        }

        var shown = Values(theirs);
        var told = before is null ? null : Values(before);
        var changed = Characteristics(ours).Where(one => IsToTell(ours, Name(one), Jackson.ValueOf(one), shown, told)).Select(Characteristic).ToArray();
        if (changed.Length > 0)
        {
            patch["serviceCharacteristic"] = new JsonArray(changed);
        }

        return patch.Count == 0 ? null : patch;
    }

    private static bool IsToTell(JsonObject ours, string name, string value, Dictionary<string, string> shown, Dictionary<string, string>? told)
    {
        if (shown.GetValueOrDefault(name) is { } theirs && theirs == value)
        {
            return false;
        }

        // Nobody but us changes a component, or what is reported of a service.
        var isOurs = (string?)ours["category"] == "ResourceFacingService" || name.StartsWith(StatusPrefix, StringComparison.Ordinal);
        return isOurs || (told is not null && told.GetValueOrDefault(name) == shown.GetValueOrDefault(name));
    }

    private static Dictionary<string, string> Values(JsonObject service) =>
        Characteristics(service).GroupBy(Name).ToDictionary(same => same.Key, same => Jackson.ValueOf(same.Last()));

    private static IEnumerable<JsonObject> Characteristics(JsonObject service) => (service["serviceCharacteristic"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Name(JsonObject characteristic) => (string?)characteristic["name"] ?? "";

    private static JsonNode Characteristic(JsonObject one) => new JsonObject
    {
        ["name"] = Name(one),
        ["valueType"] = one["valueType"]?.DeepClone(),
        ["value"] = new JsonObject { ["value"] = Jackson.ValueOf(one), ["alias"] = "" },
    };
}
