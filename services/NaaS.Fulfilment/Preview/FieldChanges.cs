using System.Text.Json.Nodes;
using NaaS.Contracts;

namespace NaaS.Fulfilment.Preview;

/// <summary>Compares two states of an object field by field.</summary>
internal static class FieldChanges
{
    /// <summary>The fields that differ. Items of lists are matched by their <c>name</c> where all have one, else by position.</summary>
    /// <param name="before">The object before.</param>
    /// <param name="after">The object after.</param>
    /// <param name="show">What may be shown of a value: path and JSON give text.</param>
    public static IReadOnlyList<PlannedField> Of(JsonObject before, JsonObject after, Func<string, string, string> show)
    {
        var fields = new List<PlannedField>();
        Compare("", before, after);
        return fields;

        void Compare(string path, JsonNode? old, JsonNode? now)
        {
            if (JsonNode.DeepEquals(old, now))
            {
                return;
            }

            if (old is JsonObject oldMap && now is JsonObject nowMap)
            {
                foreach (var name in oldMap.Select(field => field.Key).Union(nowMap.Select(field => field.Key)))
                {
                    Compare(path.Length == 0 ? name : $"{path}.{name}", oldMap[name], nowMap[name]);
                }
            }
            else if (old is JsonArray oldList && now is JsonArray nowList)
            {
                var (oldItems, nowItems) = IsNamed(oldList) && IsNamed(nowList) ? (ByName(oldList), ByName(nowList)) : (ByPosition(oldList), ByPosition(nowList));
                foreach (var key in oldItems.Keys.Union(nowItems.Keys))
                {
                    Compare($"{path}[{key}]", oldItems.GetValueOrDefault(key), nowItems.GetValueOrDefault(key));
                }
            }
            else
            {
                fields.Add(new(path, Text(path, old), Text(path, now)));
            }
        }

        string? Text(string path, JsonNode? value) => value is null ? null : show(path, value.ToJsonString());
    }

    private static bool IsNamed(JsonArray list) =>
        list.All(item => item is JsonObject map && map["name"] is JsonValue)
        && list.Select(item => (string?)item!["name"]).Distinct().Count() == list.Count;

    private static Dictionary<string, JsonNode?> ByName(JsonArray list) => list.ToDictionary(item => (string)item!["name"]!, StringComparer.Ordinal);

    private static Dictionary<string, JsonNode?> ByPosition(JsonArray list) =>
        list.Select((item, index) => (item, index)).ToDictionary(pair => pair.index.ToString(System.Globalization.CultureInfo.InvariantCulture), pair => pair.item, StringComparer.Ordinal);
}
